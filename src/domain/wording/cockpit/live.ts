export function connectionLost(): string {
  return "Connection lost. What you see does not change by itself; trying again …";
}

export function signedOut(): string {
  return "You are signed out. What you typed is still here:";
}

export function signInAgain(): string {
  return "sign in again in another tab, and go on here";
}
