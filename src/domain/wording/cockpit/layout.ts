export function productName(): string {
  return "Holdpoint";
}

export function pageTitle(title: string): string {
  return title === "" ? productName() : `${title} · ${productName()}`;
}

export function nothingHere(): string {
  return "There is nothing here";
}

export function nothingHereWhy(): string {
  return "Either it does not exist, or it is not yours to see. Holdpoint shows the repositories that GitHub shows you and that the App is installed on.";
}
