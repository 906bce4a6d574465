import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const NAMES = ['ant', 'bee', 'cat', 'dog', 'elk'];
const pictures = NAMES.map((name, turn) =>
  anImage({ id: `01KAGVQ2W3M8Y6Z5T4R7N9P0X${9 - turn}`, title: name, filename: `${name}.jpg` }),
);

const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });
const link = (name: string) => screen.getByRole('link', { name });
const selected = () => NAMES.filter((name) => (box(name) as HTMLInputElement).checked);

describe('selecting in the grid', () => {
  const user = userEvent.setup();

  beforeEach(async () => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    serve(pictures);
    window.history.pushState(null, '', '/?view=grid');
    render(<App />);
    await screen.findByRole('list', { name: 'Pictures' });
  });

  it('begins at a mark; then a click selects, with Shift all in between', async () => {
    await user.click(box('ant'));
    expect(await screen.findByText('1 selected')).toBeVisible();
    await user.click(link('cat'));
    await user.keyboard('{Shift>}');
    await user.click(link('elk'));
    await user.keyboard('{/Shift}');
    expect(selected()).toEqual(['ant', 'cat', 'dog', 'elk']);
    expect(window.location.pathname).toBe('/');
  });

  it('is done by keyboard: arrows, x, Shift and x, Ctrl and A, Escape', async () => {
    link('ant').focus();
    await user.keyboard('{ArrowRight}x');
    expect(selected()).toEqual(['bee']);
    await user.keyboard('{ArrowRight}{ArrowRight}{Shift>}x{/Shift}');
    expect(selected()).toEqual(['bee', 'cat', 'dog']);
    await user.keyboard('{Control>}a{/Control}');
    expect(selected()).toEqual(NAMES);
    await user.keyboard('{Escape}');
    expect(selected()).toEqual([]);
    expect(link('dog')).toHaveFocus();
  });

  it('begins with a finger that rests on a picture', async () => {
    fireEvent.pointerDown(link('bee'), { pointerType: 'touch' });
    await waitFor(() => expect(box('bee')).toBeChecked());
    fireEvent.click(link('bee'));
    expect(selected()).toEqual(['bee']);
    expect(window.location.pathname).toBe('/');
  });

  it('opens a picture where nothing is selected', async () => {
    await user.click(link('bee'));
    expect(await screen.findByRole('dialog', { name: 'bee' })).toBeInTheDocument();
    expect(selected()).toEqual([]);
  });

  it('leaves the focus on the pictures once the bar is gone', async () => {
    await user.click(box('ant'));
    const bar = await screen.findByRole('region', { name: 'Selected pictures' });
    await user.click(within(bar).getByRole('button', { name: 'Select none' }));
    expect(selected()).toEqual([]);
    expect(document.body).not.toHaveFocus();
  });
});

describe('shifting the dates of what is selected', () => {
  const user = userEvent.setup();
  const eos = {
    ...{ make: 'Canon', model: 'EOS R5', lens: null, exposure_s: null, f_number: null, iso: null },
    ...{ focal_length_mm: null, focal_length_35mm: null, flash: null },
  };
  const MANY = 5;

  it('moves those of one camera, and back in the versions of then', async () => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    const state = Array.from({ length: MANY }, (_, turn) =>
      anImage({
        id: `01KAGVQ2W3M8Y6Z5T4R7N9P${String(999 - turn)}`,
        filename: `${turn}.jpg`,
        taken_at: '2024-07-14T23:30:00',
        camera: turn < 3 ? null : eos,
      }),
    );
    const batches: { ids: string[]; versions: number[]; seconds: number }[] = [];
    serve(state, {
      'GET /api/images': ({ url }) => {
        const ids = new URL(url).searchParams.get('ids')?.split(',');
        const images = state.filter(({ id }) => ids?.includes(id) ?? true);
        return { images: images.map((image) => ({ ...image })), next_cursor: null };
      },
      'POST /api/images/batch': async (request) => {
        const body = (await request.json()) as (typeof batches)[number];
        batches.push(body);
        return {
          results: body.ids.map((id, place) => {
            const image = state.find((picture) => picture.id === id);
            if (!image || image.version !== body.versions[place])
              return { id, status: 412, detail: 'Changed.' };
            const moved = new Date(Date.parse(`${image.taken_at}Z`) + body.seconds * 1000);
            Object.assign(image, { version: image.version + 2, taken_at: moved.toISOString().slice(0, 19) });
            return { id, status: 200, detail: null };
          }),
        };
      },
    });
    window.history.pushState(null, '', '/?view=table');
    render(<App />);
    await user.click(await screen.findByRole('checkbox', { name: `Select all ${MANY} loaded` }));
    await user.click(await screen.findByRole('button', { name: 'Shift dates' }));
    const form = await screen.findByRole('dialog', { name: `Shift the dates of ${MANY} pictures` });
    await user.click(within(form).getByRole('radio', { name: 'Earlier' }));
    await user.selectOptions(within(form).getByRole('combobox'), 'Canon EOS R5 (2)');
    await user.clear(within(form).getByRole('spinbutton', { name: 'Minutes' }));
    await user.type(within(form).getByRole('spinbutton', { name: 'Minutes' }), '30');
    expect(form).toHaveTextContent('11:30 PM becomes Jul 14, 2024, 10:00 PM.');
    await user.click(
      within(form).getByRole('button', { name: 'Make 2 pictures 1 hour, 30 minutes earlier' }),
    );
    expect(
      await screen.findByText('2 pictures are dated 1 hour, 30 minutes earlier now.'),
    ).toBeInTheDocument();
    expect(batches.map(({ ids, seconds }) => [ids.length, seconds])).toEqual([[2, -5400]]);
    expect(state.filter(({ taken_at }) => taken_at === '2024-07-14T22:00:00')).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('2 pictures are dated 1 hour, 30 minutes later now.')).toBeInTheDocument();
    expect(state.every(({ taken_at }) => taken_at === '2024-07-14T23:30:00')).toBe(true);
  });
});
