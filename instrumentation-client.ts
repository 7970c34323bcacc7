import { config } from "zod";

// Next runs this file before anything else of the app. Schemas decide when they are made whether to compile their validators, which needs eval;
// the content security policy forbids it, and even the probe for it would be reported.
config({ jitless: true });
