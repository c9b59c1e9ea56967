/** What is said of GitHub's answers: shown as the detail of a fact that could not be read, and to the operator. */
export function githubDidNotAnswer(what: string): string {
  return `GitHub did not answer (${what}).`;
}
export function githubAnsweredError(status: number): string {
  return `GitHub answered with status ${status}.`;
}
export function githubAnsweredNoJson(status: number): string {
  return `GitHub answered with status ${status}, but not with JSON: an error page, or an answer cut short.`;
}
export function githubAnswerTooLarge(limit: number): string {
  return `GitHub's answer was larger than ${limit} bytes and was not read.`;
}
export function githubAnswerUnexpected(field: string): string {
  return `GitHub's answer has no usable “${field}”.`;
}
export function githubRateLimited(until: Date): string {
  return `GitHub allows no more calls for this installation before ${until.toISOString()}.`;
}
export function githubPersonRateLimited(until: Date): string {
  return `GitHub allows no more calls for this person before ${until.toISOString()}.`;
}
export function githubRefusesSignIn(error: string): string {
  return `GitHub refuses the App's sign-in (${error}): check GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET and the App's callback address.`;
}
export function githubForbids(message: string): string {
  return `GitHub refuses access: ${message}. Check the App's permissions and whether its owner has accepted them.`;
}
export function githubCredentialsRefused(): string {
  return "GitHub refuses the credentials: check APP_ID and the private key, or the token.";
}
export function githubInstallationGone(): string {
  return "The App is not installed there any more.";
}
export function githubInstallationSuspended(): string {
  return "The App's installation there is suspended: its owner can unsuspend it in GitHub's settings.";
}
export function githubInstallationUnclear(): string {
  return "GitHub gives no token for an installation that it says exists.";
}
export function githubRepositoryGone(): string {
  return "The repository was not found, or the App may not see it.";
}
export function githubObjectGone(what: string): string {
  return `${what} was not found, or the App may not see it.`;
}
export function githubNothingThere(): string {
  return "GitHub lists nothing there.";
}
export function githubForeignAddress(): string {
  return "GitHub's answer names an address on another host; it was not followed.";
}
export function githubPagesEndless(): string {
  return "GitHub's pages do not come to an end.";
}
export function githubCommitsMissing(got: number, total: number): string {
  return `GitHub counts ${total} commits in the range but listed ${got}.`;
}
export function githubItemsMissing(what: string, got: number, total: number): string {
  return `GitHub counts ${total} ${what} but listed ${got}.`;
}
export function githubTooManyPullRequests(total: number): string {
  return `There are ${total} open pull requests; more than 1,000 are not read.`;
}
export function githubTooManyDeployments(environment: string, read: number): string {
  return `None of the newest ${read} deployments to ${environment} succeeded; older ones are not read.`;
}
export function githubUnrelated(base: string, head: string): string {
  return `${base.slice(0, 7)} and ${head.slice(0, 7)} have no commit in common.`;
}
export function githubCompareGaveUp(status: number): string {
  return `GitHub could not compare the two commits (status ${status}).`;
}
export function githubFileIsNoFile(path: string, what: string): string {
  return `${path} is ${what}, not a plain file; it is not followed.`;
}
export function githubFileTooLarge(path: string, limit: number): string {
  return `${path} is larger than ${limit / 1024} KB.`;
}
export function githubFileIsBinary(path: string): string {
  return `${path} is not text.`;
}
export function githubNothingDeployed(environment: string): string {
  return `Nothing was ever deployed successfully to ${environment}.`;
}
export function githubListsWhatItHides(): string {
  return "GitHub lists the repository among those of the installation and yet answers that there is none";
}
export function githubTooManyResults(branch: string): string {
  return `The commits of ${branch} have more results of checks than are read.`;
}

/** Of a pull request's files GitHub lists so many and no more. */
export function githubFilesCut(most: number): string {
  return `GitHub lists ${most} files of a pull request, and there may be more.`;
}
