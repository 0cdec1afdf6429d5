import { Fragment } from "react";

import { useServed } from "../../../text/language";
import styles from "./HelpText.module.css";

interface HelpTextProps {
  /** As a node's author wrote it: paragraphs with an empty line between, names in `ticks`. */
  readonly text: string;
}

/** The help of a node. */
export function HelpText({ text }: HelpTextProps) {
  const served = useServed();
  if (!text) return null;
  return (
    <div className={styles.text}>
      {paragraphsOf(text).map((paragraph) => (
        <p key={paragraph}>{withNames(served(paragraph))}</p>
      ))}
    </div>
  );
}

/** Each in one line, however its author's lines were broken: so it is found in other languages. */
const paragraphsOf = (text: string): readonly string[] =>
  text.split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, " "));

/** Every second part stood between ticks. */
const withNames = (paragraph: string) =>
  paragraph.split("`").map((part, index) => (index % 2 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>));
