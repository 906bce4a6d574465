import { useSearchParams } from 'react-router';
import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';

/** How pictures are laid out: large beside each other, or each in a row of a table. */
export type Layout = 'grid' | 'table';

interface Choice {
  readonly layout: Layout;
}

const PARAMETER = 'view';

const choice = createStore<Choice>()(persist((): Choice => ({ layout: 'grid' }), { name: 'layout' }));

/** The layout that the address asks for, else the one that this browser remembers; and the way to choose another. */
export function useLayout(): [Layout, (layout: Layout) => void] {
  const [parameters, setParameters] = useSearchParams();
  const remembered = useStore(choice, ({ layout }) => layout);
  const choose = (layout: Layout) => {
    choice.setState({ layout });
    setParameters(
      (before) => {
        before.set(PARAMETER, layout);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return [layoutIn(parameters) ?? remembered, choose];
}

function layoutIn(parameters: URLSearchParams): Layout | null {
  const asked = parameters.get(PARAMETER);
  return asked === 'grid' || asked === 'table' ? asked : null;
}
