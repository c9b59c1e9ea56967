export function overviewTitle(): string {
  return "Repositories";
}
