//! One snippet per API of std that the facade models. That this compiles is the proof that the API is there; the
//! table in the facade's documentation is made from it.

#![allow(clippy::all, reason = "snippets call what they call for its own sake")]

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet, hash_map};
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8, AtomicU16, AtomicU32,
    AtomicU64, AtomicUsize, compiler_fence, fence,
};
use std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, PoisonError, RwLock, RwLockWriteGuard};
use std::sync::{MutexGuard, TryLockError, Weak, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A snippet.
#[derive(Debug)]
pub struct Probe {
    /// The type or module, below `std`.
    pub item: &'static str,
    /// The method, function or trait.
    pub api: &'static str,
    /// Uses it.
    pub run: fn(),
}

macro_rules! probes {
    ($($item:literal { $($api:literal => $code:expr;)+ })+) => {
        /// All snippets, by item.
        pub const ALL: &[Probe] = &[$($(Probe { item: $item, api: $api, run: || { let _ = $code; } },)+)+];
    };
}

const MS: Duration = Duration::from_millis(1);

fn poisoned() -> Mutex<u8> {
    let mutex = Mutex::new(1);
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let _guard = mutex.lock();
        std::panic::resume_unwind(Box::new(()));
    }));
    mutex
}

fn orders() {
    let number = AtomicU8::new(0);
    number.store(1, Release);
    let _ = (number.load(Acquire), number.load(Relaxed), number.swap(2, AcqRel));
}

macro_rules! integer_probe {
    ($($Atomic:ident)+) => {
        $({
            let number = $Atomic::new(1);
            number.store(number.load(SeqCst) + 1, SeqCst);
            let _ = (number.swap(3, SeqCst), number.fetch_add(1, SeqCst), number.fetch_sub(1, SeqCst));
            let _ = (number.fetch_max(9, SeqCst), number.fetch_min(2, SeqCst));
            let _ = (number.fetch_and(1, SeqCst), number.fetch_or(1, SeqCst), number.fetch_xor(1, SeqCst));
            let _ = (number.fetch_nand(1, SeqCst), $Atomic::default(), $Atomic::from(1), format!("{number:?}"));
            let _ = number.compare_exchange(1, 2, SeqCst, SeqCst);
            let _ = number.compare_exchange_weak(1, 2, SeqCst, SeqCst);
            let _ = number.fetch_update(SeqCst, SeqCst, |_| None);
            let _ = number.try_update(SeqCst, SeqCst, |_| None);
            let _ = number.update(SeqCst, SeqCst, |number| number);
            let _ = number.as_ptr();
            let mut number = number;
            *number.get_mut() = 1;
            let _ = number.into_inner();
        })+
    };
}

std::thread_local! {
    static LOCAL: Cell<u8> = const { Cell::new(1) };
    /// With a comment, and lazily.
    pub(crate) static CELL: RefCell<Vec<u8>> = RefCell::new(Vec::new());
}

probes! {
    "sync::Mutex" {
        "new in const" => { static M: Mutex<u8> = Mutex::new(1); M.lock().is_ok() };
        "lock" => *Mutex::new(1).lock().unwrap();
        "try_lock" => matches!(Mutex::new(1).try_lock(), Err(TryLockError::WouldBlock));
        "into_inner" => Mutex::new(1).into_inner().unwrap();
        "get_mut" => *Mutex::new(1).get_mut().unwrap();
        "is_poisoned" => poisoned().is_poisoned();
        "clear_poison" => poisoned().clear_poison();
        "PoisonError::into_inner" => *poisoned().lock().unwrap_or_else(PoisonError::into_inner);
        "Default" => Mutex::<u8>::default();
        "From" => Mutex::from(1);
        "Debug" => format!("{:?}", Mutex::new(1));
        "?Sized" => { let m: Arc<Mutex<[u8]>> = Arc::new(Mutex::new([1, 2])); m.lock().unwrap().len() };
    }
    "sync::MutexGuard" {
        "Deref, DerefMut" => { let m = Mutex::new(1); let mut g = m.lock().unwrap(); *g += 1; *g };
        "Debug, Display" => { let m = Mutex::new(1); let g: MutexGuard<'_, u8> = m.lock().unwrap(); format!("{g} {g:?}") };
    }
    "sync::RwLock" {
        "new in const" => { static L: RwLock<u8> = RwLock::new(1); L.read().is_ok() };
        "read" => *RwLock::new(1).read().unwrap();
        "write" => *RwLock::new(1).write().unwrap() += 1;
        "try_read" => RwLock::new(1).try_read().is_ok();
        "try_write" => RwLock::new(1).try_write().is_ok();
        "into_inner" => RwLock::new(1).into_inner().unwrap();
        "get_mut" => *RwLock::new(1).get_mut().unwrap();
        "is_poisoned" => RwLock::new(1).is_poisoned();
        "clear_poison" => RwLock::new(1).clear_poison();
        "RwLockWriteGuard::downgrade" => *RwLockWriteGuard::downgrade(RwLock::new(1).write().unwrap());
        "Default, From, Debug" => format!("{:?} {:?}", RwLock::<u8>::default(), RwLock::from(1));
    }
    "sync::Condvar" {
        "new in const" => { static C: Condvar = Condvar::new(); C.notify_all() };
        "wait" => waits(|c, g| drop(c.wait(g)));
        "wait_while" => waits(|c, g| drop(c.wait_while(g, |turn| *turn == 0)));
        "wait_timeout" => Condvar::new().wait_timeout(Mutex::new(1).lock().unwrap(), MS).unwrap().1.timed_out();
        "wait_timeout_while" => Condvar::new().wait_timeout_while(Mutex::new(1).lock().unwrap(), MS, |_| true).is_ok();
        "notify_one" => Condvar::new().notify_one();
        "notify_all" => Condvar::new().notify_all();
        "Default, Debug" => format!("{:?}", Condvar::default());
    }
    "sync::Barrier" {
        "new" => Barrier::new(2);
        "wait, is_leader" => Barrier::new(1).wait().is_leader();
        "Debug" => format!("{:?}", Barrier::new(1));
    }
    "sync::Once" {
        "new in const" => { static O: Once = Once::new(); O.is_completed() };
        "call_once" => Once::new().call_once(|| ());
        "call_once_force" => Once::new().call_once_force(|state| drop(state.is_poisoned().to_string()));
        "is_completed" => Once::new().is_completed();
        "wait, wait_force" => { let once = Once::new(); once.call_once(|| ()); once.wait(); once.wait_force() };
    }
    "sync::OnceLock" {
        "new in const" => { static C: OnceLock<u8> = OnceLock::new(); C.get() == Some(&1) };
        "get, get_mut" => { let mut cell = OnceLock::from(1); *cell.get_mut().unwrap() += 1; cell.get().copied() };
        "set" => OnceLock::new().set(1);
        "get_or_init" => *OnceLock::new().get_or_init(|| 1);
        "wait" => *OnceLock::from(1).wait();
        "into_inner, take" => (OnceLock::from(1).into_inner(), OnceLock::from(1).take());
        "Clone, Eq, Debug, Default" => format!("{:?}", OnceLock::from(1).clone() == OnceLock::default());
    }
    "sync::LazyLock" {
        "static" => { static L: LazyLock<Vec<u8>> = LazyLock::new(|| vec![1]); L.len() };
        "force" => *LazyLock::force(&LazyLock::new(|| 1));
        "get, get_mut, force_mut" => { let mut l = LazyLock::new(|| 1); *LazyLock::force_mut(&mut l) = 2; LazyLock::get(&l).copied() };
        "Default, Debug" => format!("{:?}", LazyLock::<u8>::default());
    }
    "sync::Arc, sync::Weak" {
        "all of it; no scheduling points" => { let a = Arc::new(1); let w: Weak<_> = Arc::downgrade(&a); w.upgrade() };
    }
    "sync::mpsc" {
        "channel: send, recv" => { let (s, r) = mpsc::channel(); s.send(1).unwrap(); r.recv() };
        "sync_channel: send" => { let (s, _r) = mpsc::sync_channel(1); s.send(1) };
        "sync_channel(0)" => { let (s, r) = mpsc::sync_channel(0); thread::scope(|t| { t.spawn(move || s.send(1)); r.recv() }) };
        "try_send" => { let (s, _r) = mpsc::sync_channel(1); s.try_send(1) };
        "try_recv" => mpsc::channel::<u8>().1.try_recv();
        "recv_timeout" => { let (_s, r) = mpsc::channel::<u8>(); r.recv_timeout(MS) };
        "iter, try_iter, into_iter" => { let (s, r) = mpsc::channel::<u8>(); drop(s); r.iter().chain(r.try_iter()).count() + r.into_iter().count() };
        "Clone of senders" => { let (s, _r) = mpsc::channel::<u8>(); s.clone() };
        "errors" => [mpsc::SendError(1).to_string(), mpsc::RecvError.to_string(), mpsc::TryRecvError::Empty.to_string()];
    }
    "sync::atomic" {
        "AtomicBool" => { let b = AtomicBool::default(); (b.fetch_not(SeqCst), b.fetch_nand(true, SeqCst), b.fetch_update(SeqCst, SeqCst, Some)) };
        "AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize" => { integer_probe!(AtomicI8 AtomicI16 AtomicI32 AtomicI64 AtomicIsize); };
        "AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize" => { integer_probe!(AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicUsize); };
        "AtomicPtr" => { let p = AtomicPtr::<u8>::default(); p.compare_exchange(p.load(SeqCst), std::ptr::null_mut(), SeqCst, SeqCst) };
        "new in const" => { static N: AtomicUsize = AtomicUsize::new(1); N.load(SeqCst) };
        "memory orders" => orders();
        "fence, compiler_fence" => (fence(SeqCst), compiler_fence(SeqCst));
    }
    "thread" {
        "spawn, JoinHandle::join" => thread::spawn(|| 1).join().unwrap();
        "JoinHandle::{is_finished, thread}" => { let h = thread::spawn(|| 1); (h.is_finished(), h.thread().id(), h.join().is_ok()) };
        "scope, Scope::spawn" => { let v = [1]; thread::scope(|s| s.spawn(|| v.len()).join().unwrap()) };
        "Builder::{name, stack_size, spawn}" => thread::Builder::new().name("n".into()).stack_size(1 << 16).spawn(|| 1).unwrap().join().is_ok();
        "Builder::spawn_scoped" => thread::scope(|s| thread::Builder::new().spawn_scoped(s, || 1).unwrap().join().is_ok());
        "current, Thread::{id, name, unpark}" => { let me = thread::current(); me.unpark(); thread::park(); (me.id(), me.name().map(str::len)) };
        "park_timeout" => thread::park_timeout(MS);
        "sleep" => thread::sleep(MS);
        "yield_now" => thread::yield_now();
        "panicking" => thread::panicking();
        "available_parallelism" => thread::available_parallelism().unwrap().get();
        "Result" => { let r: thread::Result<u8> = Ok(1); r };
    }
    "thread_local!, thread::LocalKey" {
        "with, try_with" => (LOCAL.with(Cell::get), CELL.try_with(|cell| cell.borrow().len()).is_ok());
        "set, get, take, replace" => { LOCAL.set(2); CELL.set(vec![1]); (LOCAL.get(), LOCAL.take(), LOCAL.replace(3), CELL.take(), CELL.replace(vec![])) };
        "with_borrow, with_borrow_mut" => { CELL.with_borrow_mut(|cell| cell.push(1)); CELL.with_borrow(Vec::len) };
    }
    "hint" {
        "spin_loop" => std::hint::spin_loop();
        "the rest" => std::hint::black_box(1);
    }
    "panic" {
        "catch_unwind, resume_unwind" => catch_unwind(|| std::panic::resume_unwind(Box::new(1)));
        "the rest" => std::panic::Location::caller().line();
    }
    "time::Instant" {
        "now, elapsed, duration_since" => { let i = Instant::now(); (i.elapsed(), Instant::now().duration_since(i)) };
        "checked_*, saturating_duration_since" => { let i = Instant::now(); (i.checked_add(MS), i.checked_sub(MS), i.saturating_duration_since(i), i.checked_duration_since(i)) };
        "+, +=, -, -=, <, Hash, Debug" => { let mut i = Instant::now() + MS; i += MS; i -= MS; (i - MS < i, i - i, format!("{i:?}"), HashSet::from([i])) };
    }
    "time::SystemTime" {
        "now, elapsed, duration_since, UNIX_EPOCH" => SystemTime::now().duration_since(UNIX_EPOCH).is_ok_and(|_| SystemTime::now().elapsed().is_ok());
        "+, -, checked_*" => { let t = SystemTime::UNIX_EPOCH + MS; (t - MS, t.checked_add(MS), t.checked_sub(MS)) };
    }
    "collections::HashMap" {
        "new, with_capacity, with_hasher" => { let m: HashMap<u8, u8> = HashMap::new(); (m, HashMap::<u8, u8>::with_capacity(1), HashMap::<u8, u8, _>::with_hasher(RandomState::new())) };
        "insert, get, remove, entry, …" => { let mut m = HashMap::from([(1, 2)]); *m.entry(1).or_insert(0) += 1; (m.insert(2, 3), m.get(&1).copied(), m.remove(&1), m.len()) };
        "collect, extend" => { let mut m: HashMap<_, _> = [(1, 2)].into_iter().collect(); m.extend([(3, 4)]); m };
        "iteration" => { let mut m = HashMap::from([(1, 2)]); for (_, v) in &mut m { *v += 1; } for (_, _) in &m {} m.into_iter().count() };
        "into_keys, into_values" => (HashMap::from([(1, 2)]).into_keys().count(), HashMap::from([(1, 2)]).into_values().count());
        "Index, Eq, Clone, Debug, Default" => { let m = HashMap::from([(1, 2)]); (m[&1], m.clone() == HashMap::default(), format!("{m:?}")) };
        "hash_map::Entry" => matches!(HashMap::<u8, u8>::new().entry(1), hash_map::Entry::Vacant(_));
    }
    "collections::HashSet" {
        "new, with_capacity, from, collect" => { let s: HashSet<u8> = HashSet::new(); (s, HashSet::<u8>::with_capacity(1), [1].into_iter().collect::<HashSet<_>>()) };
        "insert, contains, union, is_subset, …" => { let mut a = HashSet::from([1]); a.insert(2); let b = HashSet::from([2]); (a.contains(&1), a.union(&b).count(), b.is_subset(&a)) };
        "&, |, ^, -" => { let (a, b) = (HashSet::from([1]), HashSet::from([2])); (&a & &b, &a | &b, &a ^ &b, &a - &b) };
        "iteration, Eq, Clone, Debug" => { let s = HashSet::from([1]); for _ in &s {} (s.clone() == s, format!("{s:?}"), s.into_iter().count()) };
    }
    "hash" {
        "RandomState" => RandomState::new().hash_one(1);
        "DefaultHasher" => std::hash::DefaultHasher::new();
    }
}

/// One waits for its turn, another gives it.
fn waits(wait: fn(&Condvar, MutexGuard<'_, u8>)) {
    let (lock, condvar) = (Mutex::new(0), Condvar::new());
    let guard = lock.lock().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            *lock.lock().unwrap() = 1;
            condvar.notify_one();
        });
        wait(&condvar, guard);
    });
}
