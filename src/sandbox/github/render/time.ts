/** GitHub's times have no fractions: `2026-03-02T09:00:00Z`. */
export function renderTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** From git's seconds. */
export function renderSeconds(seconds: number): string {
  return renderTime(new Date(seconds * 1_000));
}
