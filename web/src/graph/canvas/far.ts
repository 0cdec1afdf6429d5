import { createContext, useContext } from "react";

/** Below these zooms, simple cards do. A few nodes are drawn in full as long as their pictures can be seen. */
const FAR = 0.4;
const FAR_FOR_FEW = 0.2;
const FEW = 60;

export const isFarAt = (zoom: number, nodes: number): boolean => zoom < (nodes > FEW ? FAR : FAR_FOR_FEW);

export const Far = createContext(false);

export const useFar = (): boolean => useContext(Far);
