export function setUpTitle(repository: string): string {
  return `Set up Holdpoint for ${repository}`;
}

export function notInstalledTitle(): string {
  return "Holdpoint is not installed on anything you can see";
}
