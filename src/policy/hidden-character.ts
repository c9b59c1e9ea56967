/**
 * The index of the first control character, direction character or undecodable byte, or null. Direction
 * characters make a reviewer see another order than the one that counts (https://trojansource.codes).
 */
export function findHiddenCharacter(text: string, allowed = ""): number | null {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isHidden(code) && !allowed.includes(text.charAt(index))) return index;
  }
  return null;
}

function isHidden(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff ||
    code === 0xfffd
  );
}
