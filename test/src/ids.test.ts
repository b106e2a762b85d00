import { describe, expect, it } from "@jest/globals";
import { decodeCursor, decodeId, decodeIdOf, encodeCursor, encodeId, type IdType } from "../../src/ids.ts";

const UUID = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

describe("an id", () => {
  it.each<[IdType, string[]]>([
    ["Item", [UUID]],
    ["Institution", ["PLAID", "ins_3"]],
    ["Account", [UUID, 'BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp","é|/']],
    ["Holding", [UUID, "account/security#2"]],
    ["Security", [UUID, "s"]],
    ["Liability", [UUID, "STUDENT_LOAN/a"]],
    ["Report", [UUID]],
    ["ReportSource", [UUID]],
    ["ReportContent", [UUID]],
    ["ReportItem", [UUID, "0"]],
    ["ReportAccount", [UUID, "3"]],
    ["ReportTransaction", [UUID, "3", "1200"]],
  ])("of %s leads back to its parts", (type, parts) => {
    const id = encodeId(type, ...parts);
    expect(id).toMatch(/^[\w-]+$/);
    expect(decodeId(id)).toEqual({ type, parts });
    expect(decodeIdOf(type, id)).toEqual(parts);
    expect(decodeIdOf(type === "Item" ? "Report" : "Item", id)).toBeNull();
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["no base64", "not an id!"],
    ["base64 of no JSON", Buffer.from("hello").toString("base64url")],
    ["JSON of another shape", Buffer.from('{"i":1}').toString("base64url")],
    ["numbers", Buffer.from('["i",1]').toString("base64url")],
    ["an unknown type", Buffer.from(`["zz","${UUID}"]`).toString("base64url")],
    ["too few parts", Buffer.from('["i"]').toString("base64url")],
    ["too many parts", Buffer.from(`["i","${UUID}","x"]`).toString("base64url")],
    ["no uuid", Buffer.from('["i","1"]').toString("base64url")],
    ["a uuid in capitals", Buffer.from(`["i","${UUID.toUpperCase()}"]`).toString("base64url")],
    ["another spelling of the same", Buffer.from(`["i", "${UUID}"]`).toString("base64url")],
    ["padding", `${encodeId("Item", UUID)}=`],
    ["too long a text", "A".repeat(1025)],
  ])("is none: %s", (_name, text) => {
    expect(decodeId(text)).toBeNull();
  });
});

describe("a cursor", () => {
  it("leads back to its key", () => {
    expect(decodeCursor(encodeCursor("2024-01-01", "t1"), 2)).toEqual(["2024-01-01", "t1"]);
  });

  it.each<[string, string, number]>([
    ["of another length", encodeCursor("a"), 2],
    ["that is empty", "", 0],
    ["that is no base64", "%%%", 1],
    ["that is no list", Buffer.from('"a"').toString("base64url"), 1],
    ["that is too long", "A".repeat(1025), 1],
    ["spelled otherwise", Buffer.from('[ "a"]').toString("base64url"), 1],
  ])("%s is none", (_name, cursor, length) => {
    expect(decodeCursor(cursor, length)).toBeNull();
  });
});
