import { expect, test } from "vitest";
import { shareReading } from "../../src/snapshot/share-reading.ts";

interface Reading {
  readonly answer: (value: string) => void;
  readonly fail: () => void;
}

function openReadings() {
  const begun: Reading[] = [];
  const share = shareReading<string>();
  return {
    begun,
    ask: (key = "same") =>
      share(key, () => {
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        begun.push({ answer: resolve, fail: () => reject(new Error("away")) });
        return promise;
      }),
  };
}

test("who asks while a reading is under way shares the next, never one that began before he asked", async () => {
  const { begun, ask } = openReadings();
  const [first, second, third] = [ask(), ask(), ask()];
  expect(begun).toHaveLength(1);
  begun[0]?.answer("old");
  expect(await first).toBe("old");
  await Promise.resolve();
  expect(begun).toHaveLength(2);
  begun[1]?.answer("new");
  expect(await Promise.all([second, third])).toEqual(["new", "new"]);
});

test("once nobody asks any more, the next begins anew", async () => {
  const { begun, ask } = openReadings();
  for (const value of ["one", "two"]) {
    const asked = ask();
    begun.at(-1)?.answer(value);
    expect(await asked).toBe(value);
  }
  expect(begun).toHaveLength(2);
});

test("a reading that fails fails for those who shared it, and not for the next", async () => {
  const { begun, ask } = openReadings();
  const [first, second] = [ask(), ask()];
  begun[0]?.fail();
  await expect(first).rejects.toThrow("away");
  await Promise.resolve();
  begun[1]?.answer("back");
  expect(await second).toBe("back");
});

test("different questions wait for nobody", () => {
  const { begun, ask } = openReadings();
  void ask("one");
  void ask("other");
  expect(begun).toHaveLength(2);
});
