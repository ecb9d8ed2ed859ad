#!/usr/bin/env python3
"""Checks seg on this machine's GPU: gpu-check [--quick] [--json FILE]

Builds seg's native library over the libtorch of this Python's torch; compares every block and network between CPU and GPU and trains some steps
(`seg check-device`); times training steps and forward passes beside PyTorch's own. Prints a table and writes it as JSON. Without a GPU it says so and
runs on the CPU to its end. Needs torch and a C++ compiler (CXX, default c++); with nvcc the CUDA kernels are compiled, too.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading

here = pathlib.Path(__file__).resolve().parent
compiler = os.environ.get('CXX', 'c++')
threads = os.environ.get('OMP_NUM_THREADS', str(os.cpu_count() or 1))  # the same for seg and PyTorch

# (mode, network, input, images a step, precisions); PyTorch's networks stand in peers/networks.py.
full = [
    ('train', 'seg_hrnet_w18', '3x512x1024', 8, ['bf16', 'fp16', 'fp32']),
    ('train', 'seg_hrnet_w48', '3x512x1024', 8, ['bf16', 'fp16']),
    ('train', 'pose_hrnet_w32', '3x256x192', 32, ['bf16']),
    ('forward', 'seg_hrnet_w18', '3x512x1024', 8, ['bf16', 'fp16', 'fp32']),
    ('forward', 'seg_hrnet_w48', '3x1024x2048', 1, ['bf16', 'fp16']),
]
quick = [('train', 'seg_hrnet_w18s', '3x96x128', 2, ['fp32']), ('forward', 'seg_hrnet_w18s', '3x96x128', 1, ['fp32'])]


def fail(message):
    sys.exit(f'gpu-check: {message}')


def find_libtorch(torch):
    """Folders of headers and of libraries."""
    package = pathlib.Path(torch.__file__).parent
    library = package / 'lib' / 'libtorch_cpu.so'
    if not library.exists():
        fail(f'no libtorch_cpu.so in {package / "lib"}; install a complete torch.')
    for include in package / 'include', pathlib.Path('/usr/include'):  # Debian has the headers in a package of their own
        if (include / 'ATen').is_dir():
            return include, library.resolve().parent
    fail(f'no C++ headers in {package / "include"}; install torch from a wheel.')


def compile_all(jobs):
    """Runs the commands, as many at a time as there are processors; each is (what for, command)."""
    def compile_one(job):
        done = subprocess.run(job[1], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return None if done.returncode == 0 else f'{job[0]} does not compile:\n{done.stdout[:3000]}'

    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get('MAX_JOBS', os.cpu_count() or 1))) as pool:
        return next((failure for failure in pool.map(compile_one, jobs) if failure), None)


def build_shim(torch):
    """libtorch_shim.so beside the program; the commands are those of seg's own build but for what belongs to a libtorch."""
    target, objects, sources = here / 'seg' / 'libtorch_shim.so', here / 'shim' / 'objects', here / 'shim' / 'sources'
    stamp, choice = objects / 'built-for', f'{torch.__version__} {torch.__file__} {compiler}'
    if target.exists() and stamp.exists() and stamp.read_text() == choice:
        return 'there already'
    if not shutil.which(compiler):
        fail(f'there is no C++ compiler {compiler}; install one (apt-get install g++) or name it with CXX.')
    include, libraries = find_libtorch(torch)
    # As CMakeLists.txt has it: the headers of the newest libtorches need C++20.
    standard = 20 if tuple(int(part) for part in torch.__version__.split('.')[:2]) >= (2, 9) else 17
    common = [f'-std=c++{standard}', f'-D_GLIBCXX_USE_CXX11_ABI={int(torch.compiled_with_cxx11_abi())}',
              '-isystem', include, '-isystem', include / 'torch/csrc/api/include']
    shutil.rmtree(objects, ignore_errors=True)
    objects.mkdir()
    jobs, made = [], []
    for number, entry in enumerate(json.loads((here / 'shim' / 'compile_commands.json').read_text())):
        made.append(str(objects / f'{number}.o'))
        source = entry['file'].replace('@SOURCES@', str(sources))
        jobs.append((source, [compiler, *flags_of(entry['command'], sources), *map(str, common), '-c', source, '-o', made[-1]]))
    failure = compile_all(jobs)
    if failure:
        fail(failure)
    note = compile_graphs(torch, jobs, made) + compile_cuda(torch, common, sources, objects, made)
    link = [compiler, '-shared', '-fopenmp', '-o', str(target), *made, f'-L{libraries}', f'-Wl,-rpath,{libraries}',
            '-Wl,--no-as-needed', '-lc10', '-ltorch_cpu', '-ltorch']
    link += [f'-l{name}' for name in ('torch_cuda', 'c10_cuda') if (libraries / f'lib{name}.so').exists()]
    failure = compile_all([('libtorch_shim.so', link)])
    if failure:
        fail(failure)
    stamp.write_text(choice)
    return f'built{note}'


def flags_of(command, sources):
    """Of a recorded command what does not belong to the libtorch that it was recorded with: of several processes nothing is checked here."""
    words = shlex.split(command.replace('@SOURCES@', str(sources)))
    words = words[next(index for index, word in enumerate(words) if word.startswith('-')):]
    kept, skip = [], False
    for word, after in zip(words, [*words[1:], '']):
        if skip:
            skip = False
        elif word in ('-o', '-c', '-isystem'):
            skip = True
            if word == '-isystem' and after.startswith(str(sources)):
                kept += [word, after]
        elif not word.startswith(('-std=', '-D_GLIBCXX_USE_CXX11_ABI', '-DSEG_GLOO', '-DSEG_NCCL', '-DUSE_')):
            kept.append(word)
    return kept


def compile_graphs(torch, jobs, made):
    """CUDA graphs, where CUDA's headers are found: in a toolkit or in the wheels beside torch, as cuda.cmake looks for them."""
    if not torch.version.cuda:
        return ''
    wheels = pathlib.Path(torch.__file__).parent.parent
    places = [pathlib.Path(os.environ.get('CUDA_HOME', '/usr/local/cuda')), wheels / 'triton/backends/nvidia', *sorted(wheels.glob('nvidia/*'))]
    headers = [word for place in places if (place / 'include').is_dir() for word in ('-isystem', str(place / 'include'))]
    index, (source, command) = next((index, job) for index, job in enumerate(jobs) if job[0].endswith('cuda_graph.cpp'))
    target = f'{command[-1][:-2]}-graphs.o'
    failure = compile_all([(source, [*command[:-1], target, '-DSEG_CUDA_GRAPHS', *headers])])
    if failure:
        return f', without CUDA graphs: {failure}'
    made[index] = target
    return ', with CUDA graphs'


def compile_cuda(torch, common, sources, objects, made):
    """Our CUDA kernels, where nvcc is there; without them plain operators do the same."""
    if not torch.version.cuda:
        return ''
    nvcc = shutil.which('nvcc') or '/usr/local/cuda/bin/nvcc'
    if not os.path.exists(nvcc):
        return ', without the CUDA kernel of local relation (no nvcc): plain operators do the same'
    for source in sources.glob('ops/*.cu'):
        made.append(str(objects / f'{source.stem}.cu.o'))
        failure = compile_all([(source, [nvcc, '-O3', '-arch=native', '-Xcompiler', '-fPIC', '--expt-relaxed-constexpr', '--extended-lambda',
                                         *map(str, common), '-c', str(source), '-o', made[-1]])])
        if failure:
            made.pop()
            return f', without the CUDA kernel of local relation: {failure}'
    return ', with CUDA kernels'


def seg(*arguments, **options):
    return subprocess.run([here / 'seg' / 'Seg.Cli', *map(str, arguments)], **options)


class BusyShare:
    """The share of time in which the GPU ran any kernel, as nvidia-smi samples it while something else runs."""
    def __enter__(self):
        self.samples, self.process = [], None
        if shutil.which('nvidia-smi'):
            self.process = subprocess.Popen(['nvidia-smi', '-i', '0', '--query-gpu=utilization.gpu', '--format=csv,noheader,nounits', '-lms', '200'],
                                            stdout=subprocess.PIPE, text=True)
            threading.Thread(target=self.read, daemon=True).start()
        return self

    def read(self):
        for line in self.process.stdout:
            if line.strip().isdigit():
                self.samples.append(int(line))

    def __exit__(self, *_):
        if self.process:
            self.process.kill()

    def share(self):
        """Of the half with the highest samples: starting up and building the network are no part of the work."""
        busiest = sorted(self.samples)[len(self.samples) // 2:]
        return statistics.mean(busiest) / 100 if busiest else None


def time_seg(mode, network, shape, batch, precision, device, rounds, *more):
    with tempfile.TemporaryDirectory() as folder, BusyShare() as busy:
        result = pathlib.Path(folder, 'result.json')
        done = seg('bench', network, '--input', shape, '--batch', batch, '--precision', precision, '--device', device, '--json', result,
                   '--threads', threads, '--runs', rounds, '--warm-up', max(5 if more else 2, rounds // 3), *(['--train'] if mode == 'train' else []), *more,
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            print(f'  seg bench {" ".join(more)} failed: {done.stderr.strip()[:300]}')
            return None, None
        return json.loads(result.read_text())['median_ms'], busy.share() if device == 'cuda' else None


def time_pytorch(mode, network, shape, batch, precision, device, rounds, *more):
    classes = 17 if network.startswith('pose') else 19
    done = subprocess.run(
        [sys.executable, here / 'peers' / 'time_network.py', network, '--input', shape, '--batch', str(batch), '--classes', str(classes),
         '--precision', precision, '--device', device, '--threads', threads, '--rounds', str(rounds), '--warmup', str(max(2, rounds // 3)),
         *(['--train'] if mode == 'train' else []), *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        print(f'  PyTorch ({" ".join(more) or "eager"}) failed: {done.stderr.strip()[-300:]}')
        return None
    return json.loads(done.stdout)['median_ms']


def compare(row, device, rounds, with_compile):
    mode, network, shape, batch, precision = row
    peers = {'eager': [], 'eager, channels-last': ['--channels-last']}
    if with_compile:
        peers['torch.compile, channels-last'] = ['--channels-last', '--compile']
    ours, busy = time_seg(*row, device, rounds)
    graphs = time_seg(*row, device, rounds, '--cuda-graphs') if device == 'cuda' and mode == 'train' else (None, None)
    theirs = {name: time_pytorch(*row, device, rounds, *more) for name, more in peers.items()}
    return {'mode': mode, 'network': network, 'input': shape, 'batch': batch, 'precision': precision, 'seg_ms': ours, 'gpu_busy': busy,
            'seg_cuda_graph_ms': graphs[0], 'gpu_busy_cuda_graph': graphs[1], 'pytorch_ms': theirs,
            'ratio': {name: time / ours for name, time in theirs.items() if time and ours}}


def text_of(row):
    def number(value, form):
        return '-' if value is None else format(value, form)

    rate = row['batch'] * 1000 / row['seg_ms'] if row['seg_ms'] else None
    graph = (f"  as a CUDA graph {row['seg_cuda_graph_ms']:.2f} ms, GPU busy {number(row['gpu_busy_cuda_graph'], '.0%')}"
             if row['seg_cuda_graph_ms'] else '')
    ratios = ', '.join(f'{ratio:.2f} x {name}' for name, ratio in row['ratio'].items())
    return (f"{row['mode']:8} {row['network']:16} {row['batch']}x{row['input']:12} {row['precision']}  seg {number(row['seg_ms'], '9.2f')} ms  "
            f"{number(rate, '8.1f')} images/s  GPU busy {number(row['gpu_busy'], '.0%')}{graph}  {ratios}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--quick', action='store_true', help='small images, few networks, few rounds')
    parser.add_argument('--json', default='gpu-check.json', help='where the result goes (gpu-check.json)')
    parser.add_argument('--compile', action='store_true', help='also time torch.compile')
    parser.add_argument('--cpu', action='store_true', help='leave the GPU out')
    options = parser.parse_args()
    try:
        import torch
    except ImportError as error:
        fail(f'{sys.executable} cannot import torch; run this with the Python that has one ({error}).')

    on_gpu = torch.cuda.is_available() and not options.cpu
    device = 'cuda' if on_gpu else 'cpu'
    print(f'torch {torch.__version__}, CUDA {torch.version.cuda or "none"}, {torch.cuda.get_device_name(0) if on_gpu else "no GPU is used"}', flush=True)
    if not on_gpu:
        print('NO GPU: what follows runs on the CPU. It shows that the check works, and says nothing about a GPU.', flush=True)
    print(f'Native library: {build_shim(torch)}', flush=True)

    checked = pathlib.Path(options.json).with_suffix('.device.json')
    quickly = options.quick or not on_gpu
    status = seg('check-device', '--device', device, '--json', checked, *(['--quick'] if quickly else [])).returncode
    print(flush=True)
    rows = []
    for mode, network, shape, batch, precisions in quick if quickly else full:
        for precision in precisions:
            rows.append(compare((mode, network, shape, batch, precision), device, 4 if quickly else 30, options.compile))
            print(text_of(rows[-1]), flush=True)
    result = {
        'gpu': torch.cuda.get_device_name(0) if on_gpu else None, 'torch': torch.__version__, 'cuda': torch.version.cuda,
        'check': json.loads(checked.read_text()) if checked.exists() else None, 'benchmarks': rows,
    }
    checked.unlink(missing_ok=True)
    pathlib.Path(options.json).write_text(json.dumps(result, indent=2) + '\n')
    print(f'\nWritten to {options.json}. ' + ('All comparisons are within their limits.' if status == 0 else 'seg check-device FAILED: see above.'))
    sys.exit(status)


if __name__ == '__main__':
    main()
