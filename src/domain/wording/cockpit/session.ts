export function notFromHere(): string {
  return "This did not come from one of Holdpoint's own pages";
}

export function notFromHereWhy(): string {
  return "Nothing was done. Open the page in Holdpoint, and send the form from there.";
}

export function formUnreadable(): string {
  return "This form cannot be read";
}

export function formUnreadableWhy(): string {
  return "Nothing was done. Go back, and send it again as the page had it.";
}

export function formTooLarge(): string {
  return "That is too much text for one form";
}

export function formTooLargeWhy(kilobytes: number): string {
  return `Nothing was done: a form takes ${kilobytes} KB. Go back to what you typed, and shorten it.`;
}
