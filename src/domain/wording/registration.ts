/** The words of the page that registers the App. It is shown on this machine only. */
export function registrationTitle(): string {
  return "Register Holdpoint as a GitHub App";
}
export function registrationIntroduction(): string {
  return "Holdpoint has no App settings yet. This page sends its manifest (app.yml) to GitHub, where you confirm it; GitHub sends back the App's settings, and they are kept on this machine.";
}
export function organisationLabel(): string {
  return "Organisation that owns the App (leave empty for your own account)";
}
export function organisationRefused(): string {
  return "That is no organisation's name: letters, digits and hyphens, at most 39. Go back and correct it.";
}
export function publicAddressLabel(): string {
  return "Address at which GitHub will reach Holdpoint, such as https://holdpoint.example.com";
}
export function publicAddressRefused(): string {
  return "The address must be whole and start with https://. Go back and correct it.";
}
export function registrationNext(): string {
  return "Next";
}
export function registrationConfirm(organisation: string): string {
  const owner = organisation === "" ? "your own account" : organisation;
  return `GitHub will ask you to confirm a new App owned by ${owner}. Nothing is created before you do.`;
}
export function registrationButton(): string {
  return "Go to GitHub and create the App";
}
export function registrationForeign(): string {
  return "This answer does not belong to a registration that was begun here, or it was used already. Begin again at the first page.";
}
/** `seen` says what failed; the App may exist by then, because GitHub makes it before it sends anybody back. */
export function registrationFailed(seen: string): string {
  return `The App's settings could not be fetched or kept: ${seen}. If GitHub lists the App already, delete it there; then begin again at the first page.`;
}
export function registrationDone(): string {
  return "The App is registered";
}
export function registrationKept(file: string): string {
  return `Its settings were written to ${file}, readable by you alone. Load them into the environment and start Holdpoint again.`;
}
export function installNow(): string {
  return "Install it on repositories now";
}

/** Printed where `holdpoint start` finds no App settings at all. */
export function registrationServed(url: string): string {
  return `No App settings were found (APP_ID, PRIVATE_KEY, WEBHOOK_SECRET). Open ${url} on this machine to register the App; Ctrl+C ends this.\n`;
}
export function registrationLoopbackOnly(): string {
  return "holdpoint: the registration page is served on this machine only, but HOST names another address. Unset HOST, or set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.\n";
}
export function environmentFilesExist(files: readonly string[]): string {
  return `holdpoint: ${files.join(" and ")} exist here already, so there is no place for the new App's settings: move one away, or start in another folder.
`;
}
