import { expect, test } from "vitest";
import { newFileUrl } from "../../../src/cockpit/first-visit/new-file-url.ts";

const repository = { owner: "acme", name: "store front", defaultBranch: "release/1 & 2" };

test("names and text cannot leave their places in the address", () => {
  const { url, carriesText } = newFileUrl("https://github.com", repository, "a: 1 # x & y\nb: “2”\n");
  expect(carriesText).toBe(true);
  const read = new URL(url);
  expect(read.pathname).toBe("/acme/store%20front/new/release/1%20%26%202");
  expect([...read.searchParams]).toEqual([
    ["filename", ".github/holdpoint.yml"],
    ["value", "a: 1 # x & y\nb: “2”\n"],
  ]);
});

test.each([
  [6_900, true],
  [7_000, false],
])("a text of %i characters is sent along: %s", (length, carried) => {
  const { url, carriesText } = newFileUrl(
    "https://github.com",
    { ...repository, defaultBranch: "main" },
    "x".repeat(length),
  );
  expect(carriesText).toBe(carried);
  expect(url.length).toBeLessThanOrEqual(7_000);
  expect(new URL(url).searchParams.has("value")).toBe(carried);
});
