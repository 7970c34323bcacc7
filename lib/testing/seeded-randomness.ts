import fc from "fast-check";

/** Property tests draw the same cases in every run: a failure can be repeated, and a green run stays green. */
fc.configureGlobal({ seed: 20_261_121 });
