import { createContext, useContext } from "react";

/** Below this zoom, cards are too small to read: simple ones take their place. */
export const FAR = 0.4;

export const Far = createContext(false);

export const useFar = (): boolean => useContext(Far);
