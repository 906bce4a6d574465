import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { usePerson } from '@/api/person';
import { useAlbums } from '@/shared/albums/useAlbums';
import { closeDialog } from '@/shared/dialogs';
import { namesIn, type FilterName, type Filters } from '@/shared/pictures/filters';
import { everything, type View } from '@/shared/pictures/view';
import { FILTERS } from './FilterButton';

const TYPES = ['jpeg', 'png', 'heic', 'webp', 'gif', 'avif', 'tiff', 'raw'];
const ORIENTATIONS = ['landscape', 'portrait', 'square'];
const COLORS = [
  'black',
  'white',
  'grey',
  'brown',
  'red',
  'orange',
  'yellow',
  'green',
  'turquoise',
  'blue',
  'purple',
  'pink',
];

interface FilterFormProps {
  /** What is shown at present. */
  view: View;
  onShow: (view: View) => void;
}

/** What a search can be narrowed by; the address keeps what was chosen. */
export default function FilterForm({ view, onShow }: FilterFormProps) {
  const person = usePerson();
  const [filters, setFilters] = useState<Filters>(filtersOf(view));
  const set = (name: FilterName, value: string) => setFilters((before) => ({ ...before, [name]: value }));
  const show = (chosen: Filters) => {
    closeDialog(FILTERS);
    onShow(narrowed(view, chosen));
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    show(filters);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <OfPictures filters={filters} set={set} />
        {person && <OfOnesOwn filters={filters} set={set} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => show({})}>
            No filters
          </Button>
          <Button type="submit">Show pictures</Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  filters: Filters;
  set: (name: FilterName, value: string) => void;
}

/** The fields for what anybody knows of pictures. */
function OfPictures({ filters, set }: FieldsProps) {
  const field = (name: FilterName) => ({
    name,
    value: filters[name] ?? '',
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => set(name, value),
  });
  return (
    <SimpleGrid cols={2}>
      <TextInput type="date" label="Taken from" data-autofocus {...field('from')} />
      <TextInput type="date" label="Until" {...field('to')} />
      <NativeSelect label="Kind of file" data={options(TYPES)} {...field('type')} />
      <NativeSelect label="Format" data={options(ORIENTATIONS)} {...field('orientation')} />
      <NativeSelect label="Colour" data={options(COLORS)} {...field('color')} />
      <TextInput label="Label" maxLength={100} {...field('label')} />
      <TextInput label="Camera" maxLength={100} placeholder="Canon EOS" {...field('camera')} />
      <TextInput label="By (username)" maxLength={100} {...field('owner')} />
    </SimpleGrid>
  );
}

/** The fields for what belongs to whoever is signed in. */
function OfOnesOwn({ filters, set }: FieldsProps) {
  const { data: albums = [] } = useAlbums('own');
  const check = (name: 'favourite' | 'has_place') => ({
    name,
    checked: filters[name] === 'true',
    onChange: ({ currentTarget: { checked } }: { currentTarget: { checked: boolean } }) =>
      set(name, checked ? 'true' : ''),
  });
  return (
    <>
      <NativeSelect
        label="Album"
        data={[{ value: '', label: 'Any' }, ...albums.map(({ id, title }) => ({ value: id, label: title }))]}
        value={filters.album ?? ''}
        onChange={({ currentTarget: { value } }) => set('album', value)}
      />
      <Checkbox label="My favourites" {...check('favourite')} />
      <Checkbox label="My pictures with a place" {...check('has_place')} />
    </>
  );
}

function options(values: readonly string[]) {
  return [{ value: '', label: 'Any' }, ...values.map((value) => ({ value, label: value }))];
}

/** The filters of what is shown, which one may narrow further. */
function filtersOf(view: View): Filters {
  switch (view.kind) {
    case 'search':
      return view.filters ?? {};
    case 'owner':
      return { owner: view.owner };
    case 'label':
      return { label: view.label };
    case 'album':
      return { album: view.album };
    default:
      return {};
  }
}

/** What is shown, narrowed by some filters, of which empty ones are none. */
function narrowed(view: View, chosen: Filters): View {
  const filters = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value.trim() !== ''));
  const [query, min] = view.kind === 'search' ? [view.query, view.min] : ['', 0];
  if (namesIn(filters).length > 0) return { kind: 'search', query, min, filters };
  return query === '' ? everything : { kind: 'search', query, min };
}
