import { describe, expect, it } from "@jest/globals";
import { createListCutter } from "../../adapters/list-cutter.ts";

/** What is cut out of a text that comes in chunks of `size` bytes, and what stays. */
function cut(text: string, size: number): { objects: string[]; rest: string } {
  const cutter = createListCutter(["report", "items"]);
  const bytes = Buffer.from(text);
  const objects: string[] = [];
  for (let from = 0; from < bytes.length; from += size) {
    objects.push(...cutter.push(bytes.subarray(from, from + size)).map(String));
  }
  return { objects, rest: cutter.rest().toString() };
}

const SIZES = [1, 2, 7, 64, 10_000];
const AWKWARD = '{"name":"a \\"]}{[ b \\\\","list":[{"x":[1,{}]}],"items":[{}],"euro":"€ 𝄞"}';

describe("the objects of a long list", () => {
  it.each(SIZES)("are cut out of a text in chunks of %i bytes", (size) => {
    const text = `{ "warnings": [], "report": {"id":"{[\\"", "items" : [ ${AWKWARD} , {"b":2}], "user":null}, "last": 1 }`;
    expect(cut(text, size)).toEqual({
      objects: [AWKWARD, '{"b":2}'],
      rest: '{ "warnings": [], "report": {"id":"{[\\"", "items" : [ {"taken":0} , {"taken":1}], "user":null}, "last": 1 }',
    });
  });

  it.each([
    ["an empty list", '{"report":{"items":[]}}'],
    ["what is no object", '{"report":{"items":[1,null,"{}",[{"a":1}]]}}'],
    [
      "another list of that name",
      '{"items":[{"a":1}],"report":{"user":{"items":[{"a":1}]}},"other":{"items":[{"a":1}]}}',
    ],
    ["another list of the report", '{"report":{"itemsToo":[{"a":1}],"item":[{"a":1}],"items":{"0":{"a":1}}}}'],
    ["a list of reports", '{"report":[[{"items":[{"a":1}]}],[{"a":1}]]}'],
    ["a value of that name", '{"a":"report","b":{"c":"items","d":[{"a":1}]}}'],
    ["an error", '{"error_code":"PRODUCT_NOT_READY"}'],
    ["no JSON", "<html>[{</html>"],
    ["nothing", ""],
  ])("%s stays", (_, text) => {
    for (const size of SIZES) expect(cut(text, size)).toEqual({ objects: [], rest: text });
  });

  it("leaves what is cut off without its end", () => {
    expect(cut('{"report":{"items":[{"a":1},{"b":', 5)).toEqual({
      objects: ['{"a":1}'],
      rest: '{"report":{"items":[{"taken":0},',
    });
  });

  it("tells how much it holds", () => {
    const cutter = createListCutter(["report", "items"]);
    cutter.push(Buffer.from('{"report":{"items":[{"a":"'));
    const before = cutter.held;
    cutter.push(Buffer.alloc(1000, "x"));
    expect([before, cutter.held]).toEqual([20, 1006]);
    cutter.push(Buffer.from('"}'));
    expect(cutter.held).toBe(20 + '{"taken":0}'.length);
  });
});
