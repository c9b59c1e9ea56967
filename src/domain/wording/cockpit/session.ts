import { counted } from "../counted.ts";

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

export function signInTitle(): string {
  return "Sign in to Holdpoint";
}
export function signInWhy(): string {
  return "Holdpoint shows what your next deploy contains and what stands in its way, and lets you mend it there.";
}
export function signInWithGitHub(): string {
  return "Sign in with GitHub";
}
export function signInPoints(): readonly { readonly title: string; readonly text: string }[] {
  return [
    {
      title: "You see what GitHub lets you see.",
      text: "The repositories that the App is installed on and that you have access to, read again every five minutes.",
    },
    {
      title: "What you change carries your name.",
      text: "Every wish is written down with who asked, and GitHub is asked again whether you may before anything is done.",
    },
    {
      title: "Holdpoint never writes to GitHub as you.",
      text: "Your token only reads what you may do. It is kept encrypted, and ended when you sign out.",
    },
  ];
}
export function signInReturns(path: string): string {
  return `Then you come back to ${path}.`;
}
export function signedOut(): string {
  return "You are signed out";
}
export function signedOutWhy(): string {
  return "This browser's session has ended, and GitHub was told to end its token.";
}
export function signedInElsewhere(): string {
  return "You are signed in";
}
export function signedInElsewhereWhy(): string {
  return "Close this tab, and go on in the one you came from: what you typed is still there.";
}

export function signInNotSetUp(): string {
  return "Sign-in is not set up here";
}
export function signInNotSetUpWhy(): string {
  return "Gates, checks and commands work without it. For these pages, whoever runs Holdpoint sets three things, and starts it again:";
}
export function signInNeedsHttps(): string {
  return "Over plain http anybody on the way could take a session over. Whoever runs Holdpoint sets HOLDPOINT_URL to its https address.";
}
export function signInSettings(): readonly { readonly name: string; readonly meaning: string }[] {
  return [
    { name: "GITHUB_CLIENT_ID", meaning: "the App's client ID, from its settings at GitHub" },
    { name: "GITHUB_CLIENT_SECRET", meaning: "a client secret of the App, made on the same page" },
    { name: "SESSION_SECRET", meaning: "at least 32 characters by chance: openssl rand -hex 32" },
  ];
}
export function signInCallback(address: string): string {
  return `The App's callback address must be ${address}. docs/cockpit.md tells the rest.`;
}

export function signInDenied(): string {
  return "You did not let Holdpoint know who you are";
}
export function signInDeniedWhy(): string {
  return "GitHub says that you cancelled. Nothing was kept; you can sign in whenever you like.";
}
export function signInRefused(code: string): string {
  return `GitHub refused the sign-in (${code}). If that stays so, tell whoever runs Holdpoint here.`;
}
export function signInNotYours(): string {
  return "This sign-in cannot be finished";
}
export function signInNotYoursWhy(minutes: number): string {
  return `It was not begun in this browser, was finished already, or took longer than ${counted(minutes, "minute")}. Nobody was signed in by it.`;
}
export function signInStale(): string {
  return "GitHub no longer takes what it sent you back with. Signing in once more is all it needs.";
}
export function signInFailed(): string {
  return "Sign-in did not work";
}
export function signInTooOften(): string {
  return "Too many sign-ins are begun from here";
}
export function signInTooOftenWhy(seconds: number): string {
  return `Whoever is signed in is not touched by it. Try again in ${counted(seconds, "second")}.`;
}
export function gitHubAway(): string {
  return "GitHub is not answering";
}
export function gitHubAwayAtSignIn(): string {
  return "You are not signed in yet, and nothing is lost: try again in a moment, and you come back to where you wanted to go.";
}
export function signInMisconfigured(): string {
  return "GitHub does not accept how sign-in is set up here. Whoever runs Holdpoint finds the reason in its log.";
}
export function signInAgain(): string {
  return "Sign in again";
}
export function toOverview(): string {
  return "To the repositories";
}
export function tryAgain(): string {
  return "Try again";
}

export function rightsUnread(): string {
  return "GitHub is not answering";
}
export function rightsUnreadWhy(): string {
  return "Holdpoint shows nobody more than GitHub lets them see, and that is older than five minutes now. Gates and deploys are not touched by this: they stand as they stood.";
}
export function rightsReadLast(): string {
  return "GitHub last said what you may see";
}
export function rightsNeverRead(): string {
  return "GitHub has not said yet what you may see.";
}

export function keptTitle(): string {
  return "Not sent yet: what you typed is still here";
}
export function signedOutMeanwhile(): string {
  return "Your session ended while you were writing";
}
export function signInElsewhere(): string {
  return "Sign in";
}
export function opensNewTab(): string {
  return "opens a new tab";
}
export function thenSendAgain(): string {
  return "Come back to this tab, and send it again. You can also copy what you typed.";
}
export function otherSession(login: string): string {
  return `You are signed in as ${login}`;
}
export function otherSessionWhy(): string {
  return "The page that this comes from was opened before you signed in. Look it over: it is sent in that name.";
}
export function notSentGitHubAway(): string {
  return "GitHub is not answering";
}
export function notSentGitHubAwayWhy(): string {
  return "Before anything is done GitHub is asked whether you may, and it did not say. Nothing was done; send it again in a moment.";
}
export function sendAgain(login: string | null): string {
  return login === null ? "Send it again" : `Send it as ${login}`;
}
/** A field's name for people: `because` -> `Because`, `wanted.Risk assessment` -> `Risk assessment`. */
export function keptField(name: string): string {
  const shown = name.replace(/^wanted\./, "").trim();
  return shown === "" ? "What you typed" : `${shown.charAt(0).toUpperCase()}${shown.slice(1)}`;
}

export function pageFailed(): string {
  return "Something went wrong here";
}
export function pageFailedWhy(id: string): string {
  return `It is in Holdpoint's log as ${id}. Gates and deploys are not touched by it. If it stays so, tell that to whoever runs Holdpoint.`;
}
export function pageUnavailable(): string {
  return "This cannot be shown right now";
}
export function pageUnavailableWhy(id: string): string {
  return `Something that Holdpoint needs does not answer; it tries again by itself. In its log this is ${id}.`;
}
