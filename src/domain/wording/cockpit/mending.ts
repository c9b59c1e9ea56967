/** The words of mending: filling in, moving on, attaching. */

export function mendTicket(key: string): string {
  return `Fill in or move on ${key}`;
}
export function openMending(): string {
  return "Open the form";
}
export function needsWriteAccess(): string {
  return "Mending it takes write access to this repository.";
}
export function attachTicket(): string {
  return "Attach a ticket";
}
