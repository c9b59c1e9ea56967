// What makes the pages live. Every page works without it, as links and plain forms.
import { keepAppearance } from "./appearance.js";
import { listenForKeys } from "./keys.js";
import { watchChanges } from "./live.js";
import { countOn } from "./moments.js";
import { keepWhatIsUsed } from "./morph.js";

keepWhatIsUsed();
countOn();
listenForKeys();
keepAppearance();
watchChanges();
