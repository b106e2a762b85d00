import { describe, expect, it } from "@jest/globals";
import { isLoopbackAddress, isLoopbackHost } from "../../src/loopback.ts";

describe("this machine", () => {
  it.each<[string, { host: boolean; address: boolean }]>([
    ["localhost", { host: true, address: false }],
    ["LocalHost", { host: true, address: false }],
    ["127.0.0.1", { host: true, address: true }],
    ["127.1.2.3", { host: true, address: true }],
    ["[::1]", { host: true, address: false }],
    ["::1", { host: false, address: true }],
    ["::ffff:127.0.0.1", { host: false, address: true }],
    ["::ffff:10.0.0.1", { host: false, address: false }],
    ["[localhost]", { host: false, address: false }],
    ["localhost:4000", { host: false, address: false }],
    ["localhost.example", { host: false, address: false }],
    ["127.0.0.1.example", { host: false, address: false }],
    ["128.0.0.1", { host: false, address: false }],
    ["0.0.0.0", { host: false, address: false }],
    ["", { host: false, address: false }],
  ])("%p is it as %p", (text, expected) => {
    expect({ host: isLoopbackHost(text), address: isLoopbackAddress(text) }).toEqual(expected);
  });
});
