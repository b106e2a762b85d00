import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fixtureText } from "../support/fixture.ts";
import { type ContractSubject, failure, type OwnWebhook, openStage, type Stage } from "./subject.ts";

/** What every adapter promises of webhooks that its aggregator signs in a way of its own. */
export function ownWebhookContract(name: string, subject: ContractSubject, webhook: OwnWebhook): void {
  describe(`webhooks of ${name}`, () => {
    const body = Buffer.from(fixtureText(`${subject.fixtures}/${webhook.fixture}`));
    const { header } = webhook;
    let stage: Stage;
    beforeEach(async () => {
      stage = await openStage(subject);
    });
    afterEach(() => stage.close());

    const sign = (ago = 0, bytes = body) => webhook.sign(bytes, stage.clock.now() - ago * 1000);
    const verify = (signature: string | string[] | undefined, bytes = body) =>
      stage.adapter.webhooks.verify(
        { headers: { [header]: signature }, body: bytes },
        { signal: new AbortController().signal },
      );

    it("are genuine when signed over these bytes, now, and each delivery has one name", async () => {
      const delivery = await verify(sign());
      expect(delivery).toMatch(/^[0-9a-f]{64}$/);
      expect(await verify(sign())).toBe(delivery);
      expect(await verify(sign(5))).not.toBe(delivery);
    });

    it.each<[string, () => string | string[] | undefined]>([
      ["without a signature", () => undefined],
      ["with two", () => [sign(), sign()]],
      ["with an empty one", () => ""],
      ["with one of megabytes", () => "x".repeat(1_000_000)],
      ["with more behind it", () => `${sign()}0`],
      ["over another body", () => sign(0, Buffer.from(`${body} `))],
      ["too old", () => sign(301)],
      ["from the future", () => sign(-61)],
    ])("are refused %s", async (_name, signature) => {
      expect((await failure(verify(signature()))).code).toBe("UNAUTHENTICATED");
    });

    it("are refused, whichever letter of the signature is changed", async () => {
      const genuine = sign();
      for (let at = 0; at < genuine.length; at += 1) {
        const other = genuine[at] === "1" ? "2" : "1";
        const forged = genuine.slice(0, at) + other + genuine.slice(at + 1);
        expect((await failure(verify(forged))).code).toBe("UNAUTHENTICATED");
      }
    });

    it("tell what they are about", () => {
      expect(stage.adapter.webhooks.parse(body)).toEqual(expect.objectContaining(webhook.gives));
    });

    it.each(["", "<html>", "[]", "{}"])("%j is refused by name", (text) => {
      expect(() => stage.adapter.webhooks.parse(Buffer.from(text))).toThrow(
        expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringContaining("body") }),
      );
    });
  });
}
