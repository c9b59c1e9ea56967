/** GitHub for browsers: `https://api.github.com` -> `https://github.com`; `https://HOST/api/v3` -> `https://HOST`. */
export function browserUrlOf(apiUrl: string): string {
  return apiUrl === "https://api.github.com" ? "https://github.com" : new URL(apiUrl).origin;
}
