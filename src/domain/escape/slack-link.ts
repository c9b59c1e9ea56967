/** Only an address that cannot end the link early; else the label alone, which is safe for Slack already. */
export function slackLink(address: string, label: string): string {
  return /^https?:\/\/[^\s<>|"]+$/.test(address) ? `<${address.replaceAll("&", "&amp;")}|${label}>` : label;
}
