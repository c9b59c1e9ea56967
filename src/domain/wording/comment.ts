/** The hidden line by which an answer is found again; it counts only in a comment that the App itself wrote. */
export function commentMarker(answersComment: number): string {
  return `<!-- holdpoint answers ${answersComment} -->`;
}

/** The hidden last line of a compliance issue; it counts only in an issue that the App itself wrote. */
export function issueMarker(firstRed: string): string {
  return `<!-- holdpoint compliance ${firstRed} -->`;
}

/** The hidden last line of a note, by which it is found again; as `commentMarker`. */
export function noteMarker(key: string): string {
  return `<!-- holdpoint note ${key.replaceAll(/[^A-Za-z0-9:._-]/g, "_")} -->`;
}
