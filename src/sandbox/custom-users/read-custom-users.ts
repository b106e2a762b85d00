import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { USER_NAMES } from "../world/users.ts";
import { CustomUserError, readCustomUser } from "./read-custom-user.ts";

/** Names that the link flow gives a meaning of its own. */
const TAKEN = ["user_custom", "user_good", "user_transactions_dynamic", ...USER_NAMES];
const EXTENSION = ".json";

/**
 * The custom users of a folder, as they are written there: each .json file is one, by its name without that.
 * @throws CustomUserError naming the file, and the key at fault.
 */
export function readCustomUsers(folder: string): Map<string, object> {
  const listed = attempt(folder, "is no folder that can be read", () => readdirSync(folder));
  const files = listed.filter((file) => file.endsWith(EXTENSION));
  return new Map(
    files.sort().map((file) => {
      const path = join(folder, file);
      const name = file.slice(0, -EXTENSION.length);
      if (TAKEN.includes(name)) {
        throw new CustomUserError(path, [{ key: "", problem: `"${name}" is a user of the sandbox already` }]);
      }
      const text = attempt(path, "cannot be read", () => readFileSync(path, "utf8"));
      readCustomUser(text, path);
      return [name, JSON.parse(text)];
    }),
  );
}

function attempt<T>(path: string, problem: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CustomUserError(path, [{ key: "", problem: `${problem}: ${(error as Error).message}` }]);
  }
}
