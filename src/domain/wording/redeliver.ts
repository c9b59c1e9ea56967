export function redeliverHelp(): string {
  return `holdpoint redeliver GUID

Processes a stored webhook delivery again. The GUID stands on the page of the App's recent deliveries at
GitHub, and in Holdpoint's log. Bodies are kept for HOLDPOINT_KEEP_BODIES; what is older GitHub may still
redeliver itself.
`;
}

export function notADelivery(): string {
  return "holdpoint: name one delivery by its GUID, such as 72d3162e-cc78-11e3-81ab-4c9367dc0958.\n";
}

export function deliveryQueued(id: string): string {
  return `Delivery ${id} is processed again.\n`;
}

export function deliveryForgotten(id: string): string {
  return `Delivery ${id} is not stored here, or its body is no longer kept. Ask for it on the page of the App's recent deliveries at GitHub.\n`;
}
