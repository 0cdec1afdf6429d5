import { TriangleAlert } from "lucide-react";

import styles from "./Problems.module.css";

/** What is wrong, where, and what to do: the server's shape, and that of everything the page finds itself. */
export interface Problem {
  readonly message: string;
  readonly remedy?: string;
  readonly node?: string | null;
  readonly port?: string | null;
}

interface ProblemsProps {
  readonly problems: readonly Problem[];
  /** Makes those that name a node clickable. */
  readonly onShow?: (node: string) => void;
}

/** A list of problems, each with its remedy; nothing where there are none. */
export function Problems({ problems, onShow }: ProblemsProps) {
  if (!problems.length) return null;
  return (
    <div role="alert">
      <ul className={styles.list}>
        {problems.map((problem, index) => (
          <li key={index} className={styles.problem}>
            <TriangleAlert size={18} aria-hidden className={styles.icon} />
            <div>
              {problem.node && onShow ? (
                <button type="button" className={styles.where} onClick={() => onShow(problem.node ?? "")}>
                  {problem.node}
                </button>
              ) : (
                problem.node && <strong>{problem.node}</strong>
              )}
              <p>{problem.message}</p>
              {problem.remedy && <p className={styles.remedy}>{problem.remedy}</p>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
