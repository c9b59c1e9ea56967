import { describe, expect, test } from "vitest";
import { createSealer, type SealedPlace } from "../../../src/cockpit/session/seal.ts";

const OLD = "the secret of last year, still known here";
const NEW = "the secret of this year, which seals now";
const ROW = Buffer.alloc(32, 1);
const PLACE: SealedPlace = { purpose: "access token", row: ROW };

describe("REL-77: what is sealed", () => {
  test("opens in its place, and looks different each time", () => {
    const sealer = createSealer([NEW]);
    const [one, other] = [sealer.seal("ghu_näive", PLACE), sealer.seal("ghu_näive", PLACE)];
    expect(one.equals(other)).toBe(false);
    expect([sealer.open(one, PLACE), sealer.open(other, PLACE)]).toEqual(["ghu_näive", "ghu_näive"]);
  });

  test("opens under a secret that was replaced, as long as it is known", () => {
    const sealed = createSealer([OLD]).seal("ghu_x", PLACE);
    expect(createSealer([NEW, OLD]).open(sealed, PLACE)).toBe("ghu_x");
    expect(createSealer([NEW]).open(sealed, PLACE)).toBe(null);
    expect(createSealer([OLD]).open(createSealer([NEW, OLD]).seal("ghu_x", PLACE), PLACE)).toBe(null);
  });

  test.each([
    ["another session's row", { purpose: "access token", row: Buffer.alloc(32, 2) }],
    ["another column", { purpose: "refresh token", row: ROW }],
  ] as const)("does not open in %s", (_, place) => {
    const sealer = createSealer([NEW]);
    expect(sealer.open(sealer.seal("ghu_x", PLACE), place)).toBe(null);
  });

  test("does not open when any of its bytes was changed, or is missing", () => {
    const sealer = createSealer([NEW]);
    const sealed = sealer.seal("ghu_x", PLACE);
    const opened = [...sealed.keys()].flatMap((index) => {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(sealed.readUInt8(index) ^ 1, index);
      return [sealer.open(changed, PLACE), sealer.open(sealed.subarray(0, index), PLACE)];
    });
    expect(new Set(opened)).toEqual(new Set([null]));
  });
});
