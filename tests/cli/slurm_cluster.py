"""A Slurm of one node for tests: munged, slurmctld and slurmd of its own in one folder, with their own
ports, key and state. Needs the programs of Debian's packages slurm-wlm and munge, no systemd, no
/run/munge, no control groups; another Slurm on the machine is not touched. All processes end with
the Cluster, and with this process if it is killed."""
import ctypes
import os
import pathlib
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time

DAEMONS = ("munged", "slurmctld", "slurmd")
PATH = os.pathsep.join(["/usr/sbin", "/sbin", os.environ.get("PATH", "/usr/bin:/bin")])
CPUS, MEMORY_MB = 4, 4000
START_S = 20  # a start takes 2 s on an idle machine
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
ENDED = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "BOOT_FAIL",
         "DEADLINE", "PREEMPTED"}

# config_overrides: the node has the processors and the memory that stand here, whatever the machine
# has, so that four shards run at a time. The other choices replace what a test machine has not
# (control groups, accounting) or shorten pauses that are meant for large clusters.
CONFIGURATION = """\
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0,bf_interval=1
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
SlurmctldPort={controller_port}
SlurmdPort={node_port}
ReturnToService=2
KillWait=2
MinJobAge=600
NodeName=node NodeHostname={host} NodeAddr=127.0.0.1 CPUs={cpus} Boards=1 SocketsPerBoard=1 CoresPerSocket={cpus} ThreadsPerCore=1 RealMemory={memory} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
"""


class Unavailable(Exception):
    """Slurm is not installed, or its daemons do not start here; says why."""


def free_ports(count):
    """Ports of the loopback that nobody listens at."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def ends_with_its_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def parents():
    """{process: its parent} of all that can be seen."""
    found = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        found[int(entry.parent.name)] = int(fields[1])
    return found


def descendants(process):
    found, parent_of = {process}, parents()
    while more := {child for child, parent in parent_of.items() if parent in found} - found:
        found |= more
    return found - {process}


class Cluster:
    """Running from start() to stop(). Jobs' own processes outlive slurmd, wherefore this process
    adopts orphans and stop() ends all that came of it since start()."""

    def __init__(self, folder):
        """\\param folder  empty, with a short path: a socket's has at most 107 characters"""
        self.folder = pathlib.Path(folder)
        self.daemons = []
        self.before = set()
        self.environment = os.environ | {"SLURM_CONF": str(self.folder / "slurm.conf"), "PATH": PATH}

    def start(self):
        """\\throws Unavailable"""
        for program in DAEMONS:
            if not shutil.which(program, path=PATH):
                raise Unavailable(f"{program} is not installed (packages slurm-wlm and munge)")
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
        self.before = descendants(os.getpid())
        self.write_files()
        try:
            self.launch("munged", "--foreground", "--force", "--num-threads=2",
                        *(f"--{name}-file={self.folder}/munge.{name}" for name in ("key", "log", "pid", "seed")),
                        f"--socket={self.folder}/munge.socket")
            self.wait_for("munged", lambda: (self.folder / "munge.socket").exists())
            self.launch("slurmctld", "-D", "-c")
            self.launch("slurmd", "-D", "-N", "node")
            self.wait_for("slurmctld and slurmd", lambda: self.run("sinfo", "-h", "-o", "%T").stdout == "idle\n")
        except Unavailable:
            self.stop()
            raise

    def write_files(self):
        for name in ("state", "spool", "home"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(secrets.token_bytes(128))
        controller_port, node_port = free_ports(2)
        # A kind is named since slurmd ends where it looks for one and finds none mounted.
        (self.folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], user=pwd.getpwuid(os.geteuid()).pw_name,
            folder=self.folder, controller_port=controller_port, node_port=node_port, cpus=CPUS,
            memory=MEMORY_MB))

    def launch(self, program, *arguments):
        with open(self.folder / f"{program}.out", "wb") as output:
            self.daemons.append(subprocess.Popen(
                [shutil.which(program, path=PATH), *arguments], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, preexec_fn=ends_with_its_parent))

    def wait_for(self, what, ready):
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if any(daemon.poll() is not None for daemon in self.daemons):
                break
            if ready():
                return
            time.sleep(0.1)
        raise Unavailable(f"{what} did not start here: {self.last_words()}")

    def last_words(self):
        lines = [line for daemon in DAEMONS for ending in ("out", "log")
                 if (file := self.folder / f"{daemon}.{ending}").exists()
                 for line in file.read_text(errors="replace").splitlines() if "error" in line.lower()]
        return " | ".join(lines[-3:]) or "no message"

    def run(self, *command, **options):
        """A command of Slurm, or a script that uses them; waits for its end."""
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, **options)

    def states(self):
        """{job, or job_task of an array: its state}"""
        lines = self.run("squeue", "--array", "--states=all", "-h", "-o", "%F %K %T").stdout.split("\n")[:-1]
        jobs = (line.split() for line in lines)
        return {job if task == "N/A" else f"{job}_{task}": state for job, task, state in jobs}

    def wait(self, reached, limit_s):
        """Until reached(states()). \\throws AssertionError when it lasts longer than limit_s"""
        until = time.monotonic() + limit_s
        while not reached(states := self.states()):
            if time.monotonic() > until:
                raise AssertionError(f"after {limit_s} s the jobs are {states}")
            time.sleep(0.2)
        return states

    def wait_for_jobs(self, limit_s):
        """Until no job runs or waits any more. \\return their states"""
        return self.wait(lambda states: set(states.values()) <= ENDED, limit_s)

    def requeue(self, job):
        """Kills a job that runs and starts it again, as a cluster does that needs its node. Slurm would wait
        for two minutes; a start within the same second is refused as that of a killed job."""
        self.run("scontrol", "requeue", job, check=True)
        self.wait(lambda states: states[job] == "PENDING", 20)
        time.sleep(2)
        self.run("scontrol", "update", f"jobid={job}", "StartTime=now", check=True)

    def stop(self):
        """Ends every process that has come of this one since start()."""
        for daemon in reversed(self.daemons):  # in order: what is told to end writes no more
            daemon.terminate()
        until = time.monotonic() + 5
        for daemon in self.daemons:
            try:
                daemon.wait(max(0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        while left := descendants(os.getpid()) - self.before:
            for process in left:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            try:
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            except ChildProcessError:
                pass
            time.sleep(0.05)
