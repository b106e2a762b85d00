import type { AuthConfig } from "../config.ts";
import { isLoopbackAddress, isLoopbackHost } from "../loopback.ts";
import type { ENVIRONMENT } from "./environment.ts";
import type { EnvironmentReader, Values } from "./environment-reader.ts";

const KEYS = "AUTH_JWT_SECRET or AUTH_JWKS_URL";

/** Who the viewers are; the demo viewer only in the sandbox, on loopback, outside production. */
export function readAuth(
  reader: EnvironmentReader,
  values: Values<typeof ENVIRONMENT>,
  realCredentials: boolean,
): AuthConfig {
  const hasSecret = reader.isSet("AUTH_JWT_SECRET");
  const hasJwks = reader.isSet("AUTH_JWKS_URL");
  if (hasSecret && hasJwks) {
    reader.faults.push({ name: KEYS, found: "both", wanted: "one of them: tokens are verified one way" });
  }
  if (!hasSecret && !hasJwks) {
    for (const name of ["AUTH_ISSUER", "AUTH_AUDIENCE"] as const) {
      if (reader.isSet(name)) {
        reader.faults.push({ name, found: "a value that nothing checks", wanted: `${KEYS} beside it` });
      }
    }
    if (values.NODE_ENV === "production") {
      reader.faults.push({ name: KEYS, found: "neither", wanted: "one of them: production refuses the demo viewer" });
    } else if (realCredentials) {
      reader.faults.push({
        name: KEYS,
        found: "neither",
        wanted: "one of them: real credentials are never served without sign-in",
      });
    } else if (!(isLoopbackHost(values.HOST) || isLoopbackAddress(values.HOST))) {
      reader.faults.push({
        name: "HOST",
        found: `${JSON.stringify(values.HOST)} without sign-in`,
        wanted: `a loopback address such as 127.0.0.1, or ${KEYS}`,
      });
    }
  }
  const { AUTH_JWT_SECRET: secret, AUTH_JWKS_URL: url, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values;
  if (secret !== null) return { kind: "hs256", secret, issuer, audience };
  if (url !== null) return { kind: "jwks", url, issuer, audience };
  return { kind: "demo" };
}
