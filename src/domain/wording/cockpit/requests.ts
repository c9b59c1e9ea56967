export function readingAgain(): string {
  return "Everything is being read again; this page shows what was found by itself.";
}
