import type { Translation } from "./translation.ts";

export interface AppOptions {
  /** Our own App: what it did itself asks for nothing. */
  readonly appId: number;
  /** Takes the translation of the delivery with that id. */
  readonly tell: (deliveryId: string, translation: Translation) => void;
}
