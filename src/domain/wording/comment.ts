/** The hidden line by which an answer is found again; it counts only in a comment that the App itself wrote. */
export function commentMarker(answersComment: number): string {
  return `<!-- holdpoint answers ${answersComment} -->`;
}
