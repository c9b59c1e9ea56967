/**
 * Whether a label is the one of that name. GitHub holds names that differ in case alone for one label; everything else that only
 * looks alike (another alphabet's letters, spaces, marks that turn the direction) is another label, and does nothing. null: no label.
 */
export function isLabel(name: string | null, wanted: string): boolean {
  return name !== null && normalise(name) === normalise(wanted);
}

function normalise(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
