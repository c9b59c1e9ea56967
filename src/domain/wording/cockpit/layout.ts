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

export function backToOverview(): string {
  return "All repositories";
}

export function skipToContent(): string {
  return "Skip to content";
}

export function whereYouAre(): string {
  return "Where you are";
}

export function repositoryPages(): string {
  return "Pages of this repository";
}

export function tabName(tab: "deploy" | "cases" | "why" | "history"): string {
  switch (tab) {
    case "deploy":
      return "Deploy";
    case "cases":
      return "Cases";
    case "why":
      return "Why";
    case "history":
      return "History";
  }
}

/** What the number at the tab counts, for those who only hear it. */
export function openCases(count: number): string {
  return count === 1 ? "1 open case" : `${count} open cases`;
}

/** `octocat · admin`. */
export function personAndRight(login: string, right: "read" | "write" | "admin" | null): string {
  return right === null ? login : `${login} · ${rightName(right)}`;
}

function rightName(right: "read" | "write" | "admin"): string {
  switch (right) {
    case "read":
      return "reader";
    case "write":
      return "writer";
    case "admin":
      return "admin";
  }
}

export function personMenu(): string {
  return "Your menu";
}

export function operations(): string {
  return "Operations";
}

export function signOut(): string {
  return "Sign out";
}

export function appearance(): string {
  return "Appearance";
}

export function appearanceName(mode: "auto" | "light" | "dark"): string {
  switch (mode) {
    case "auto":
      return "Like the system";
    case "light":
      return "Light";
    case "dark":
      return "Dark";
  }
}

export function keyboard(): string {
  return "Keyboard";
}

export function closeDialog(): string {
  return "Close";
}

export function singleKeys(): string {
  return "Use these keys on this device";
}

/** Every key that does something, in the order of the list. */
export function keyList(): readonly { readonly keys: readonly string[]; readonly does: string }[] {
  return [
    { keys: ["?"], does: "Show this list" },
    { keys: ["/"], does: "Go to the search field" },
    { keys: ["j"], does: "Go to the next row" },
    { keys: ["k"], does: "Go to the row before" },
    { keys: ["Enter"], does: "Open the row" },
    { keys: ["Esc"], does: "Close a menu or this list" },
  ];
}

export function releaseName(version: string): string {
  return `Holdpoint ${version}`;
}
