/**
 * Turns text by strangers into one line whose every character can be seen, at most `limit` code points.
 * Line breaks and tabs become spaces; controls, direction overrides and lone surrogates become `�`; what has
 * no width is left out; more than three combining marks on one letter are too. Looks at no more than a few
 * times the limit, so that 100 KB cost as little as a line.
 */
export function visibleText(text: string, limit: number): string {
  const looked = text.slice(0, limit * 4);
  const visible = looked
    .replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "�")
    .replaceAll(/\p{Cf}|[\u115F\u1160\u2800\u3164\uFFA0]/gu, "")
    .replaceAll(/[\s\u0085]+/g, " ")
    .replaceAll(/\p{Cc}|\p{Cs}|\p{Co}/gu, "�")
    .replaceAll(/(\p{M}{3})\p{M}+/gu, "$1")
    .trim();
  const whole = looked.length === text.length;
  const cut = cutCodePoints(visible, limit);
  return whole || cut.endsWith("…") ? cut : cutCodePoints(`${cut}…`, limit);
}

/** At most `limit` code points; what was cut ends in `…`, never in half a character. */
export function cutCodePoints(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text);
  if (points.length <= limit) return text;
  return `${points
    .slice(0, limit - 1)
    .join("")
    .trimEnd()}…`;
}
