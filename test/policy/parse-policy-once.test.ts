import { expect, test } from "vitest";
import { parsePolicyOnce } from "../../src/policy/parse-policy-once.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

function texts(name: string, more = ""): { readonly organisation: null; readonly repository: string } {
  const repository = `deploy:\n  environments:\n    ${name}: { base: { branch: live } }\n${more}`;
  return { organisation: null, repository };
}

test("texts that were parsed before are not parsed again, and come to the same", () => {
  const parsed = parsePolicyOnce(texts("production"));
  expect(parsed).toEqual(parsePolicy(texts("production")));
  expect(parsed.policy).not.toBeNull();
  expect(parsePolicyOnce(texts("production"))).toBe(parsed);
});

test.each([
  ["another text", texts("staging"), {}],
  [
    "the same text as the organisation's",
    { organisation: texts("production").repository, repository: null },
    {},
  ],
  ["another length of an hour", texts("production"), { hour: 1_000 }],
])("%s is another policy", (_, other, options) => {
  const parsed = parsePolicyOnce(texts("production"));
  expect(parsePolicyOnce(other, options)).not.toBe(parsed);
  expect(parsePolicyOnce(other, options)).toEqual(parsePolicy(other, options));
});

test("what is wrong in a text is remembered too", () => {
  const parsed = parsePolicyOnce(texts("production", "deploi: {}\n"));
  expect(parsed.problems).toHaveLength(1);
  expect(parsePolicyOnce(texts("production", "deploi: {}\n"))).toBe(parsed);
});

test("only what was asked about last is kept, and nothing that is very long", () => {
  const parsed = parsePolicyOnce(texts("first"));
  for (let number = 0; number < 199; number += 1) parsePolicyOnce(texts(`other-${number}`));
  expect(parsePolicyOnce(texts("first"))).toBe(parsed);
  for (let number = 0; number < 200; number += 1) parsePolicyOnce(texts(`another-${number}`));
  expect(parsePolicyOnce(texts("first"))).not.toBe(parsed);
  const long = texts("long", `# ${"x".repeat(20_000)}\n`);
  expect(parsePolicyOnce(long)).not.toBe(parsePolicyOnce(long));
});
