/**
 * `label` (Markdown that is safe already) as a link, where the address is one that cannot end the link or
 * mean anything but itself; else the label alone.
 */
export function markdownLink(label: string, address: string | null): string {
  if (address === null || !/^https?:\/\/[A-Za-z0-9.:[\]_-]+(?:\/[A-Za-z0-9._~/?=&%#:@+-]*)?$/.test(address)) {
    return label;
  }
  return `[${label}](<${address}>)`;
}
