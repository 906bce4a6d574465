import {
  ActionIcon,
  Combobox,
  Text,
  useCombobox,
  type ActionIconProps,
  type ComboboxStore,
} from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { inWords } from '@/api/problem';
import { imagesKey } from '@/shared/pictures/cache';
import { addressOf, useView } from '@/shared/pictures/view';
import classes from './LabelMenu.module.css';
import { listLabels } from './listLabels';
import { labelsWith } from './labelsWith';

const MOST_SHOWN = 100;
const labelsKey = [...imagesKey, 'labels'] as const;

/** All labels with how many pictures have them; choosing one shows those. Opens as soon as it is there. */
export default function LabelMenu({ button }: { button: ActionIconProps }) {
  const [words, setWords] = useState('');
  const navigate = useNavigate();
  const menu = useMenu(() => setWords(''));
  const choose = (label: string) => {
    menu.closeDropdown();
    void navigate(addressOf({ kind: 'label', label }));
  };
  return (
    <Combobox
      store={menu}
      width="min(20rem, calc(100vw - 2rem))"
      position="bottom-end"
      withinPortal={false}
      keepMounted // The field names the list that it controls, which therefore has to be there first.
      hideDetached={false}
      onOptionSubmit={choose}
    >
      <Combobox.Target withAriaAttributes={false}>
        <ActionIcon
          {...button}
          title="Labels"
          aria-haspopup="listbox"
          aria-expanded={menu.dropdownOpened}
          onClick={() => menu.toggleDropdown()}
        >
          <IconTags size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={words}
          placeholder="Find a label"
          role="combobox"
          aria-expanded
          aria-label="Find a label"
          onChange={({ currentTarget: { value } }) => {
            setWords(value);
            menu.updateSelectedOptionIndex();
          }}
        />
        <Labels words={words} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** A list that is up to date whenever it is opened, which it is at once. */
function useMenu(onClose: () => void): ComboboxStore {
  const client = useQueryClient();
  const menu = useCombobox({
    onDropdownOpen: () => {
      menu.focusSearchInput();
      void client.refetchQueries({ queryKey: labelsKey, stale: true }, { cancelRefetch: false });
    },
    onDropdownClose: () => {
      menu.resetSelectedOption();
      menu.focusTarget();
      onClose();
    },
  });
  const { openDropdown } = menu;
  useEffect(() => {
    openDropdown();
  }, [openDropdown]);
  return menu;
}

function Labels({ words }: { words: string }) {
  const view = useView();
  const { data, error } = useQuery({
    queryKey: labelsKey,
    queryFn: ({ signal }) => listLabels(signal),
  });
  const labels = labelsWith(words, data ?? []);
  const more = labels.length - MOST_SHOWN;
  return (
    <Combobox.Options id="labels" className={classes.options} aria-label="Labels">
      {labels.slice(0, MOST_SHOWN).map(({ label, count }) => (
        <Combobox.Option
          key={label}
          value={label}
          active={view.kind === 'label' && view.label === label}
          className={classes.option}
        >
          <bdi>{label}</bdi>
          <Text span size="sm" c="dimmed">
            {count.toLocaleString('en')}
          </Text>
        </Combobox.Option>
      ))}
      {more > 0 && <Combobox.Empty>{more.toLocaleString('en')} more: type to find them</Combobox.Empty>}
      {labels.length === 0 && <Combobox.Empty>{wordsOfNone(data, error)}</Combobox.Empty>}
    </Combobox.Options>
  );
}

/** Says why there is no label to choose. */
function wordsOfNone(all: readonly unknown[] | undefined, error: Error | null): string {
  if (error !== null && all === undefined) return inWords(error);
  if (all === undefined) return 'Loading the labels…';
  return all.length === 0 ? 'No picture has a label yet' : 'No such label';
}
