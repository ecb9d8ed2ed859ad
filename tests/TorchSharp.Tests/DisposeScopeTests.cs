namespace TorchSharp.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void Disposes_what_was_made_inside_and_nothing_else()
    {
        using var before = torch.zeros(1);
        torch.Tensor inside;
        using (torch.NewDisposeScope())
            inside = before + 1;
        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
    }

    [Fact]
    public void A_tensor_moved_out_goes_to_the_scope_around()
    {
        torch.Tensor moved;
        using (var outer = torch.NewDisposeScope())
        {
            using (torch.NewDisposeScope())
                moved = torch.zeros(1).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
            Assert.True(outer.Contains(moved));
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Without_a_scope_around_a_tensor_moved_out_is_its_user_s()
    {
        torch.Tensor moved;
        using (torch.NewDisposeScope())
            moved = torch.zeros(1).MoveToOuterDisposeScope();
        Assert.False(moved.IsInvalid);
        moved.Dispose();
    }

    [Fact]
    public void A_detached_tensor_leaves_all_scopes()
    {
        torch.Tensor detached;
        using (torch.NewDisposeScope())
        using (torch.NewDisposeScope())
            detached = torch.zeros(1).DetachFromDisposeScope();
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void An_attached_tensor_is_disposed_with_its_new_scope()
    {
        var x = torch.zeros(1);
        using (var scope = torch.NewDisposeScope())
        {
            scope.Attach(x);
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.True(x.IsInvalid);
    }

    [Fact]
    public void Disposing_one_of_three_by_hand_keeps_the_others_in_order()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b, c) = (torch.zeros(1), torch.zeros(1), torch.zeros(1));
        b.Dispose();
        Assert.Equal([c, a], scope.DisposablesView);
        c.Dispose();
        a.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.Empty(scope.DisposablesView);
    }

    [Fact]
    public void Everything_but_some_is_disposed_and_the_scope_stays_open()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (torch.zeros(1), torch.zeros(1));
        Assert.Same(a, scope.DisposeEverythingBut(a));
        Assert.True(b.IsInvalid);
        Assert.False(a.IsInvalid);
        Assert.Equal([a], scope.DisposablesView);
    }

    [Fact]
    public void Scopes_disposed_out_of_order_leave_the_right_one_current()
    {
        var outer = torch.NewDisposeScope();
        var inner = torch.NewDisposeScope();
        outer.Dispose();
        var x = torch.zeros(1);
        Assert.True(inner.Contains(x));
        inner.Dispose();
        Assert.True(x.IsInvalid);
        var y = torch.zeros(1);
        Assert.False(y.IsInvalid);
        y.Dispose();
    }

    [Fact]
    public void A_disposed_scope_says_so()
    {
        var scope = torch.NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        using var x = torch.zeros(1);
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(x));
        Assert.Throws<ObjectDisposedException>(scope.DisposeEverything);
    }

    [Fact]
    public void Statistics_count_by_thread()
    {
        var thread = new Thread(() =>
        {
            var statistics = DisposeScopeManager.Statistics;
            using (torch.NewDisposeScope())
            {
                torch.zeros(1);
                torch.zeros(1).DetachFromDisposeScope().Dispose();
            }
            torch.zeros(1).Dispose();
            Assert.Equal(2, statistics.CreatedInScopeCount);
            Assert.Equal(1, statistics.DisposedInScopeCount);
            Assert.Equal(1, statistics.DetachedFromScopeCount);
            Assert.Equal(1, statistics.CreatedOutsideScopeCount);
            Assert.Equal(2, statistics.DisposedOutsideScopeCount);
            Assert.Equal(0, statistics.ThreadTotalLiveCount);
        });
        thread.Start();
        thread.Join();
    }
}
