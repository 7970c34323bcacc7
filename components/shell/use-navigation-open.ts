"use client";

import { useEffect, useState } from "react";
import { remember, useAppearance } from "./appearance";
import { NAVIGATION_COOKIE, NAVIGATION_MIN_WIDTH } from "./appearance-cookies";

/** Up to this width Cloudscape lays the navigation over the page and closes it by itself. CSS pixels. */
const OVERLAY_QUERY = "(max-width: 688px)";

/**
 * Whether the side navigation is open: what the reader chose last, else by the width of the window. Where it lies over the page it is closed until
 * opened, and nothing is remembered: those closings are Cloudscape's, not the reader's.
 */
export function useNavigationOpen(): [boolean, (open: boolean) => void] {
  const { navigationOpen } = useAppearance();
  const [open, setOpen] = useState(navigationOpen ?? true);
  const [overlay, setOverlay] = useState(false);
  const [overlayOpen, setOverlayOpen] = useState(false);

  useEffect(() => {
    const query = window.matchMedia(OVERLAY_QUERY);
    const update = () => setOverlay(query.matches);
    update();
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);
  useEffect(() => {
    if (navigationOpen === null && window.innerWidth < NAVIGATION_MIN_WIDTH) setOpen(false);
  }, [navigationOpen]);

  const change = (next: boolean) => {
    if (window.matchMedia(OVERLAY_QUERY).matches) {
      setOverlayOpen(next);
      return;
    }
    setOpen(next);
    remember(NAVIGATION_COOKIE, next ? "open" : "closed");
  };
  return [overlay ? overlayOpen : open, change];
}
