import { IconFilter } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { HeaderButton } from '@/shared/HeaderButton';
import { openDialog } from '@/shared/dialogs';
import { addressOf, useView } from '@/shared/pictures/view';

const FilterForm = lazy(() => import('./FilterForm'));

export const FILTERS = 'filters';

/** Opens the form of what a search can be narrowed by, fetched only then. */
export function FilterButton() {
  const view = useView();
  const navigate = useNavigate();
  const open = () =>
    void openDialog({
      modalId: FILTERS,
      title: 'Filters',
      children: (
        <Suspense>
          <FilterForm view={view} onShow={(next) => void navigate(addressOf(next))} />
        </Suspense>
      ),
    });
  return <HeaderButton icon={IconFilter} words="Filters" aria-haspopup="dialog" onClick={open} />;
}
