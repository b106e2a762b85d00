import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Clock } from "./clock.ts";
import type { AuthConfig } from "./config.ts";
import { GatewayError } from "./errors.ts";
import { isLoopbackAddress, isLoopbackHost } from "./loopback.ts";

/** What a token may allow beyond reading the viewer's own data; the demo viewer has all. */
export const SCOPES = [
  "reports:write",
  "items:import",
  "items:admin",
  "pii:read",
  "numbers:read",
  "raw:read",
  "shares:read",
  "shares:write",
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. */
export interface Viewer {
  /** The token's `sub`; the demo viewer's is "demo". */
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
  /** When the token ends, ms since the epoch; null when it never does. */
  readonly expiresAt: number | null;
}

/** What a transport knows of a caller. */
export interface Caller {
  /** "Bearer …": the HTTP header, or `connectionParams.authorization` of a WebSocket. */
  authorization: string | undefined;
  /** The Host header. */
  host: string | undefined;
  /** The peer's IP address. */
  remoteAddress: string | undefined;
  /** Whether a proxy has sent it on: then the peer is not who asks. */
  forwarded: boolean;
}

/** Turns a caller into a viewer. */
export interface Auth {
  /** @throws GatewayError UNAUTHENTICATED; INTERNAL_SERVER_ERROR when the sign-in keys could not be fetched. */
  authenticate(caller: Caller): Promise<Viewer>;
}

const CLOCK_SKEW_S = 5;
const JWKS_TIMEOUT_MS = 5_000;
const JWKS_COOLDOWN_MS = 30_000;
const LONGEST_TOKEN = 8_192;
const SUBJECT = /^[^\p{Cc}]{1,255}$/u;
const PORT = /:\d{1,5}$/;

export const DEMO_VIEWER: Viewer = { id: "demo", scopes: new Set(SCOPES), expiresAt: null };

/** Whether the viewer's token allows it. */
export function hasScope(viewer: Viewer, scope: Scope): boolean {
  return viewer.scopes.has(scope);
}

/** Authentication as configured: signed bearer tokens, or without any (`demo`) the demo viewer on a loopback host. */
export function createAuth(config: AuthConfig, deps: { clock: Clock }): Auth {
  if (config.kind === "demo") return { authenticate: async (caller) => demoViewer(caller) };
  const { key, algorithms } =
    config.kind === "hs256"
      ? { key: secretKey(config.secret), algorithms: ["HS256"] }
      : { key: remoteKeys(config.url), algorithms: ["RS256", "ES256", "EdDSA"] };

  return {
    async authenticate({ authorization }) {
      const token = bearerToken(authorization);
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms, // ours, never the token's choice
          issuer: config.issuer ?? undefined,
          audience: config.audience ?? undefined,
          requiredClaims: ["sub"],
          clockTolerance: CLOCK_SKEW_S,
          currentDate: new Date(deps.clock.now()),
        });
        return viewerOf(payload);
      } catch (error) {
        throw refusal(error);
      }
    },
  };
}

/**
 * Only who is on this machine: by a peer that is no proxy for others, and a Host header that only a browser on this machine
 * can send, which keeps DNS-rebound pages away.
 */
function demoViewer({ host = "", remoteAddress = "", forwarded }: Caller): Viewer {
  const isLocal = isLoopbackHost(host.replace(PORT, "")) && isLoopbackAddress(remoteAddress);
  if (isLocal && !forwarded) return DEMO_VIEWER;
  throw new GatewayError(
    "UNAUTHENTICATED",
    "The demo viewer answers only on localhost, and not through a proxy. Set AUTH_JWT_SECRET or AUTH_JWKS_URL and send a bearer token.",
  );
}

function secretKey(secret: string): JWTVerifyGetKey {
  const bytes = new TextEncoder().encode(secret);
  return async () => bytes;
}

function remoteKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { timeoutDuration: JWKS_TIMEOUT_MS, cooldownDuration: JWKS_COOLDOWN_MS });
}

function bearerToken(authorization: string | undefined): string {
  if (!authorization) {
    throw new GatewayError("UNAUTHENTICATED", "No token: send the header Authorization: Bearer <token>.");
  }
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1];
  if (!token || token.length > LONGEST_TOKEN) {
    throw new GatewayError("UNAUTHENTICATED", "The Authorization header is not of the form Bearer <token>.");
  }
  return token;
}

function viewerOf(payload: JWTPayload): Viewer {
  const { sub, exp, scope = "" } = payload;
  // what is stored of a lone surrogate is the same for all of them
  const isSubject = typeof sub === "string" && SUBJECT.test(sub) && sub.isWellFormed();
  if (!isSubject || typeof scope !== "string") throw invalidToken();
  return {
    id: sub,
    scopes: new Set(scope.split(" ").filter(Boolean)),
    expiresAt: exp === undefined ? null : (exp + CLOCK_SKEW_S) * 1000,
  };
}

/** Says no more than a caller needs; what the token was stays out of message and log. */
function refusal(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof errors.JWTExpired) {
    return new GatewayError("UNAUTHENTICATED", "The token has expired. Sign in again.");
  }
  return isTokenFault(error)
    ? invalidToken()
    : new GatewayError("INTERNAL_SERVER_ERROR", "The keys that tokens are checked with could not be read. Try again.", {
        cause: error,
      });
}

function invalidToken(): GatewayError {
  return new GatewayError("UNAUTHENTICATED", "The token is not valid here. Sign in again.");
}

/** Whether the token is at fault, rather than the server that publishes the keys. */
function isTokenFault(error: unknown): boolean {
  return TOKEN_FAULTS.some((fault) => error instanceof fault);
}

const TOKEN_FAULTS = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];
