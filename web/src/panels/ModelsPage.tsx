import { Boxes, Search } from "lucide-react";
import { useEffect, useState } from "react";

import { useRuns } from "../runs/store";
import { useText } from "../text/language";
import { Empty } from "../ui/Empty";
import { Segmented } from "../ui/Segmented";
import { Failed } from "./Failed";
import { ModelCard } from "./ModelCard";
import { useModels } from "../server/models";
import { grouped, type Where } from "./models";
import styles from "./ModelsPage.module.css";
import page from "./page.module.css";

/** Which model files there are, under which licence, and how to get them. */
export function ModelsPage() {
  const { panels } = useText();
  const { models: known, problems, load } = useModels();
  const models = known && [...known.values()];
  const [search, setSearch] = useState("");
  const [where, setWhere] = useState<Where>("all");
  // A download that ends, here or in another window, changes the list.
  const done = useRuns((state) => Object.values(state.downloads).filter((each) => each.state === "done").length);
  useEffect(() => void load(), [load, done]);
  return (
    <div className={page.page}>
      <header className={page.header}>
        <h1 className={page.title}>{panels.models.title}</h1>
        <p className={page.lead}>{panels.models.lead}</p>
      </header>
      {problems.length > 0 && <Failed problems={problems} onRetry={load} />}
      <div className={styles.filter}>
        <label className={styles.search}>
          <Search size={18} aria-hidden />
          <span className="visually-hidden">{panels.models.search}</span>
          <input
            type="search"
            placeholder={panels.models.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        <Segmented
          label={panels.models.show}
          options={[
            { value: "all", label: panels.models.all },
            { value: "here", label: panels.models.here },
            { value: "missing", label: panels.models.missing },
          ]}
          value={where}
          onChange={setWhere}
        />
        <p className={styles.count} role="status">
          {models && panels.models.count(models.filter((model) => model.present).length, models.length)}
        </p>
      </div>
      {models && <Groups groups={grouped(models, search, where)} />}
    </div>
  );
}

function Groups({ groups }: { readonly groups: ReturnType<typeof grouped> }) {
  const { models } = useText().panels;
  if (!groups.size)
    return (
      <Empty icon={<Boxes size={40} />} title={models.none}>
        <p>{models.noneHint}</p>
      </Empty>
    );
  return [...groups].map(([task, all]) => (
    <section key={task} className={styles.group}>
      <h2 className={styles.task}>{models.tasks[task] ?? models.otherTask}</h2>
      <ul className={styles.list}>
        {all.map((model) => (
          <ModelCard key={model.name} model={model} />
        ))}
      </ul>
    </section>
  ));
}
