/**
 * Whether a name may stand in a policy: a text of one line that everybody sees as it is. A name that may not is left out of a
 * proposal, because whoever commits it answers for every character.
 */
export function isWritable(name: string, limit: number): boolean {
  return (
    name !== "" &&
    name.length <= limit &&
    name === name.trim() &&
    // What JavaScript objects have by themselves is no key of a map.
    name !== "__proto__" &&
    !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\uFFFD]/u.test(name)
  );
}
