/** Texts that strangers put into commits, branches, tickets and names, each with the canary that must never run. */
export const HOSTILE: readonly string[] = [
  `<script>canary()</script>`,
  `"><img src=x onerror=canary()>`,
  `' onmouseover='canary()`,
  `javascript:canary()`,
  `\`\${canary()}\``,
  `</textarea></title><svg onload=canary()>`,
  `<!-- --><a href="https://evil.example">x</a>`,
  `&lt;script&gt;canary()&lt;/script&gt;`,
  `{{canary()}} <% canary() %>`,
  `\u202Eyrotisoper\u202C \u200B\u0000\u001B[31m`,
];
