// Every scenario runs whole builds in processes of their own: more than two at once only get in each other's way.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
