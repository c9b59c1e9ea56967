/** What is said where the results of checks cannot be told apart. */
export function tooManyRunsToProve(runs: number): string {
  return `More than ${runs} workflow runs would have to be asked for their jobs.`;
}
