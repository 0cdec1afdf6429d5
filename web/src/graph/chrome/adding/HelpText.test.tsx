import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { useLanguage } from "../../../text/language";
import { HelpText } from "./HelpText";

afterEach(() => {
  cleanup();
  useLanguage.setState({ language: "en" });
});

it("finds each paragraph in German, wherever its author broke the lines", () => {
  useLanguage.setState({ language: "de" });
  render(<HelpText text={"The subject stays\nas it is.\n\nNobody has translated `this`."} />);
  expect(screen.getByText("Das Motiv bleibt, wie es ist.")).toBeTruthy();
  expect(screen.getByText("this").tagName).toBe("CODE");
});
