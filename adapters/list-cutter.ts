/** Cuts the objects of one long list out of a JSON text while it comes. */
export interface ListCutter {
  /** The objects that end within these bytes. */
  push(chunk: Buffer): Buffer[];
  /** The text less what was cut out: in each object's place stands `{"taken":0}`, with its number in order. */
  rest(): Buffer;
  /** Bytes that are held: of the text that stays, or of the object that has begun. */
  readonly held: number;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** How deep the list's objects begin. */
const LIST_DEPTH = 3;

/**
 * For the list at `path` of an object: ["report", "items"]. Faulty JSON is not told here: what is cut out, and what stays, is as
 * faulty as it was. No piece of a chunk outlives it, so that the text that stays keeps no memory but its own.
 */
export function createListCutter(path: readonly [string, string]): ListCutter {
  const longest = Math.max(...path.map((key) => key.length)) + 1;
  const rest: Buffer[] = [];
  let object: Buffer[] | null = null;
  let restBytes = 0;
  let objectBytes = 0;
  let taken = 0;
  let depth = 0;
  let inList = false;
  let inString = false;
  let escaped = false;
  /** The string that was read last, no more of it than tells it from the path. */
  let word = "";
  /** The key that the text is at, at each depth of the path. */
  const keys = ["", "", ""];

  function keep(bytes: Buffer): void {
    if (object) {
      object.push(Buffer.from(bytes));
      objectBytes += bytes.length;
    } else {
      rest.push(Buffer.from(bytes));
      restBytes += bytes.length;
    }
  }

  return {
    push(chunk) {
      const ended: Buffer[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const code = chunk[at] ?? 0;
        if (inString) {
          if (escaped) escaped = false;
          else if (code === BACKSLASH) escaped = true;
          else if (code === QUOTE) inString = false;
          else if (depth < LIST_DEPTH && word.length < longest) word += String.fromCharCode(code);
        } else if (code === QUOTE) {
          inString = true;
          word = "";
        } else if (code === COLON) {
          if (depth < LIST_DEPTH) keys[depth] = word;
        } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
          if (inList && depth === LIST_DEPTH && code === OPEN_OBJECT) {
            keep(chunk.subarray(from, at));
            from = at;
            object = [];
          }
          depth += 1;
          if (depth < LIST_DEPTH) keys[depth] = "";
          else if (depth === LIST_DEPTH) inList = code === OPEN_LIST && keys[1] === path[0] && keys[2] === path[1];
        } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
          depth -= 1;
          if (depth < LIST_DEPTH) inList = false;
          if (object && depth === LIST_DEPTH) {
            keep(chunk.subarray(from, at + 1));
            from = at + 1;
            ended.push(Buffer.concat(object));
            object = null;
            objectBytes = 0;
            keep(Buffer.from(`{"taken":${taken}}`));
            taken += 1;
          }
        }
      }
      keep(chunk.subarray(from));
      return ended;
    },
    rest: () => Buffer.concat(rest),
    get held() {
      return Math.max(restBytes, objectBytes);
    },
  };
}
