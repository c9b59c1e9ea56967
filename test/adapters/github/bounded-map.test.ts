import { expect, test } from "vitest";
import { createBoundedMap } from "../../../src/adapters/github/bounded-map.ts";

test("what was used longest ago is forgotten first", () => {
  const map = createBoundedMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.get("a");
  map.set("c", 3);
  expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([1, undefined, 3]);
});

test("weights count, also when a value is replaced or taken out", () => {
  const map = createBoundedMap<string, string>(10, (value) => value.length);
  map.set("a", "12345");
  map.set("a", "1");
  map.set("b", "123456789");
  expect([map.get("a"), map.get("b")]).toEqual(["1", "123456789"]);
  map.delete("b");
  map.delete("b");
  map.set("c", "123456789");
  expect([map.get("a"), map.get("c")]).toEqual(["1", "123456789"]);
  map.set("d", "12345678901");
  expect(["a", "b", "c", "d"].map((key) => map.get(key))).toEqual(Array(4).fill(undefined));
});
